public import Tensors

/// The Euclidean norm of runs of neighboring channels, to which norm pooling is exported.
///
/// **Shapes**: `[N, C, …]` to `[N, groups, …]`, where the runs fill C exactly.
///
/// **Symmetry**: invariant under orthogonal maps of the channels within each run; commutes with permutations of pixels.
public final class NormOverChannelGroups: Layer {
  /// The number of channels in each run.
  public var sizes: [Int] { groups.sizes }
  private let groups: ChannelGroups

  /// Creates a layer with a run of channels for each size.
  ///
  /// **Traps**: when there is no size or one that is not positive.
  public init(sizes: [Int]) {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
      Torch.fail(op: "NormOverChannelGroups", "needs positive sizes, got \(sizes)")
    }
    groups = ChannelGroups(sizes: sizes)
  }

  /// Takes the norm of each run.
  ///
  /// **Traps**: when the input has another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    _ = outputShape(for: x.shape)
    let norms = groups.norms(x)
    return norms.dtype == x.dtype ? norms : norms.to(x.dtype)
  }

  /// Emits the norm.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let squares = graph.add(.apply(.square, groups.emitView(into: &graph, input: input)))
    let sums = graph.add(.reduce(squares, .sum, axes: [2], keepsAxes: false))
    return graph.add(.apply(.sqrt, sums))
  }

  /// The input's shape with one channel for each run.
  public override func outputShape(for shape: Shape) -> Shape {
    if shape.count < 2 || shape[1] != groups.channels {
      fail("expected an input [N, \(groups.channels), …], got \(shape)")
    }
    return Shape([shape[0], groups.count] + shape.dropFirst(2))
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) { describeGroups(groups, &description) }
}

/// Adds the sizes of groups, short where all are equal.
func describeGroups(_ groups: ChannelGroups, _ description: inout ModuleDescription) {
  if let equalSize = groups.equalSize {
    description.add("groupSize", equalSize)
    description.add("channels", groups.channels)
  } else {
    description.add("sizes", groups.sizes)
  }
}
