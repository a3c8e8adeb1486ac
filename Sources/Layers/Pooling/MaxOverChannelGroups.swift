public import Tensors

/// The maximum over runs of neighboring channels, to which pooling over a group's orbits is exported.
///
/// **Shapes**: `[N, C, …]` to `[N, groups, …]`, where the runs fill C exactly.
///
/// **Symmetry**: invariant under permutations of the channels within each run; commutes with permutations of pixels.
public final class MaxOverChannelGroups: Layer {
  /// The number of channels in each run.
  public let sizes: [Int]
  private let table: Derived<Tensor> = Derived()

  /// Creates a layer with runs of equal size that fill `channels`.
  ///
  /// **Traps**: when the size does not divide the channels.
  public convenience init(groupSize: Int, channels: Int) {
    guard groupSize > 0, channels > 0, channels % groupSize == 0 else {
      Torch.fail(op: "MaxOverChannelGroups", "groups of \(groupSize) do not fill \(channels) channels")
    }
    self.init(sizes: Array(repeating: groupSize, count: channels / groupSize))
  }

  /// Creates a layer with a run of channels for each size.
  public init(sizes: [Int]) {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
      Torch.fail(op: "MaxOverChannelGroups", "needs positive sizes, got \(sizes)")
    }
    self.sizes = sizes
  }

  /// The number of channels of the input.
  public var channels: Int { sizes.reduce(0, +) }

  private var equalSize: Int? { sizes.allSatisfy { $0 == sizes[0] } ? sizes[0] : nil }

  /// For runs of different sizes: the channels of each run, the first one repeated up to the longest run's length.
  private var paddedChannels: [Int] {
    let longest = sizes.max() ?? 0
    var start = 0
    return sizes.flatMap { size in
      defer { start += size }
      return (0..<longest).map { start + ($0 < size ? $0 : 0) }
    }
  }

  /// Takes the maximum of each run.
  ///
  /// **Traps**: when the input has another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    let rest = Array(x.shape.dropFirst(2))
    if let equalSize {
      return x.reshape(Shape([x.shape[0], sizes.count, equalSize] + rest)).max(along: 2)
    }
    let padded = paddedChannels
    var indices = table.value(of: []) { Tensor(padded, shape: [padded.count]) }
    if indices.device != x.device { indices = indices.to(x.device) }
    let longest = padded.count / sizes.count
    return x.indexSelect(1, indices).reshape(Shape([x.shape[0], sizes.count, longest] + rest)).max(along: 2)
  }

  /// Emits the maximum.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    var input = input
    var size = equalSize ?? 0
    if equalSize == nil {
      let padded = paddedChannels
      input = graph.add(.gather(input, axis: 1, indices: graph.indices(padded, named: "channels")))
      size = padded.count / sizes.count
    }
    let split = graph.add(.unflatten(input, axis: 1, sizes: [sizes.count, size]))
    return graph.add(.reduce(split, .max, axes: [2], keepsAxes: false))
  }

  /// The input's shape with one channel for each run.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return Shape([shape[0], sizes.count] + shape.dropFirst(2))
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    if let equalSize {
      description.add("groupSize", equalSize)
      description.add("channels", channels)
    } else {
      description.add("sizes", sizes)
    }
  }

  private func check(_ shape: Shape) {
    if shape.count < 2 || shape[1] != channels { fail("expected an input [N, \(channels), …], got \(shape)") }
  }
}
