public import Tensors

/// Takes channels in another order, or some of them.
///
/// **Shapes**: `[N, C, …]` to `[N, indices.count, …]`.
///
/// **Symmetry**: commutes with permutations of pixels.
public final class ChannelPermutation: Layer {
  /// The input's channel at each place of the output.
  public let indices: [Int]
  private let table: Derived<Tensor> = Derived()

  /// Creates a layer.
  ///
  /// **Traps**: when there is no index or a negative one.
  public init(_ indices: [Int]) {
    guard !indices.isEmpty, indices.allSatisfy({ $0 >= 0 }) else {
      Torch.fail(op: "ChannelPermutation", "needs one or more indices of at least 0, got \(indices)")
    }
    self.indices = indices
  }

  /// Takes the channels.
  ///
  /// **Traps**: when an index is out of range.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    _ = outputShape(for: x.shape)
    var table = table.value(of: []) { Tensor(indices, shape: [indices.count]) }
    if table.device != x.device { table = table.to(x.device) }
    return x.indexSelect(1, table)
  }

  /// Emits the selection.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.gather(input, axis: 1, indices: graph.indices(indices, named: "indices")))
  }

  /// The input's shape with another number of channels.
  public override func outputShape(for shape: Shape) -> Shape {
    guard shape.count >= 2, let last = indices.max(), last < shape[1] else {
      fail("expected an input with channel \(indices.max() ?? 0), got \(shape)")
    }
    return Shape([shape[0], indices.count] + shape.dropFirst(2))
  }

  /// Adds the number of channels.
  public override func describe(_ description: inout ModuleDescription) { description.add("\(indices.count) channels") }
}
