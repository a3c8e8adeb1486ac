public import Tensors

extension ExportGraph {
  /// What an operation reads: the network's input, an earlier result, a tensor or a number.
  public enum Value: Hashable, Sendable {
    /// The input of the network.
    case input
    /// The result of the node at an index.
    case result(Int)
    /// The tensor with a name.
    case tensor(String)
    /// A number of the type of the network's values.
    case number(Double)
  }

  /// A tensor that operations use.
  public struct StoredTensor {
    /// The tensor, detached and contiguous.
    public let value: Tensor
    /// Whether it is trained, rather than a buffer or a constant.
    public let isParameter: Bool
  }

  /// An operation and the layer that it came from.
  public struct Node {
    /// The operation with its operands.
    public let operation: Operation
    /// The dotted place of the layer in the network; empty for the network itself.
    public let path: String
    /// The class of the layer.
    public let layer: String
  }
}
