public import Tensors

/// Takes channels in another order, or some of them.
///
/// **Shapes**: `[N, C, …]` to `[N, indices.count, …]`.
///
/// **Symmetry**: commutes with permutations of pixels.
public final class ChannelPermutation: Layer {
  /// The input's channel at each place of the output.
  public let indices: [Int]
  /// The number of channels of the input, when only one number is accepted.
  public let channels: Int?
  private let table: Derived<Tensor> = Derived()

  /// Creates a layer for inputs with `channels` channels, or with any number that has all indices.
  ///
  /// **Traps**: when there is no index, a negative one, or one that the channels do not have.
  public init(_ indices: [Int], of channels: Int? = nil) {
    guard !indices.isEmpty, indices.allSatisfy({ $0 >= 0 && $0 < channels ?? .max }) else {
      let range = channels.map { "in 0..<\($0)" } ?? "of at least 0"
      Torch.fail(op: "ChannelPermutation", "needs one or more indices \(range), got \(indices)")
    }
    self.indices = indices
    self.channels = channels
  }

  /// For a layer that only reorders all channels of its input: the place to which each channel goes; else nil.
  public var destinations: [Int]? {
    guard channels == indices.count, Set(indices).count == indices.count else { return nil }
    var places = indices
    for (place, index) in indices.enumerated() { places[index] = place }
    return places
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
    if let channels, shape[1] != channels { fail("expected an input [N, \(channels), …], got \(shape)") }
    return Shape([shape[0], indices.count] + shape.dropFirst(2))
  }

  /// Adds the number of channels.
  public override func describe(_ description: inout ModuleDescription) { description.add("\(indices.count) channels") }
}
