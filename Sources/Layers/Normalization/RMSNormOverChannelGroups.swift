public import Tensors

/// Divides runs of neighboring channels by their root mean square at each pixel.
///
/// **Shapes**: `[N, C, …]` to the same, where the runs fill C exactly.
///
/// **Symmetry**: commutes with orthogonal maps of the channels within each run, and with permutations of pixels.
///
/// **Reference**: Zhang, Sennrich (2019).
public final class RMSNormOverChannelGroups: Layer {
  /// The number of channels in each run.
  public var sizes: [Int] { groups.sizes }
  /// What is added to the mean square.
  public let epsilon: Double
  private let groups: ChannelGroups

  /// Creates a layer with a run of channels for each size.
  ///
  /// **Traps**: when a size or epsilon is not positive.
  public init(sizes: [Int], epsilon: Double = 1e-5) {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }), epsilon > 0 else {
      Torch.fail(op: "RMSNormOverChannelGroups", "needs positive sizes and epsilon, got \(sizes) and \(epsilon)")
    }
    groups = ChannelGroups(sizes: sizes)
    self.epsilon = epsilon
  }

  /// Normalizes.
  ///
  /// **Traps**: when the input has another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    _ = outputShape(for: x.shape)
    return Self.normalized(x, groups, epsilon: epsilon)
  }

  /// Divides each group by √(mean square + epsilon), optionally with the divisor held constant in gradients.
  package static func normalized(
    _ x: Tensor, _ groups: ChannelGroups, epsilon: Double, detachesStatistics: Bool = false
  ) -> Tensor {
    let wide = x.dtype == .float64 || x.dtype == .float32 ? x : x.to(.float32)
    let source = detachesStatistics ? wide.detach() : wide
    let meanSquares = groups.reduce(source) { $0.square().mean(along: $1) }
    return groups.scale(x, by: (meanSquares + epsilon).reciprocalSqrt())
  }

  /// Emits the normalization.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let view = groups.emitView(into: &graph, input: input)
    let squares = graph.add(.apply(.square, view))
    let sums = graph.add(.reduce(squares, .sum, axes: [2], keepsAxes: false))
    let counts = graph.tensor(Tensor(sizes.map(Float.init), shape: [groups.count, 1, 1]), named: "counts")
    let means = graph.add(.combine(sums, .divide, counts))
    let shifted = graph.add(.combine(means, .add, .number(epsilon)))
    let roots = groups.emitSpread(into: &graph, input: graph.add(.apply(.sqrt, shifted)))
    return graph.add(.combine(input, .divide, roots))
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    if shape.count < 2 || shape[1] != groups.channels {
      fail("expected an input [N, \(groups.channels), …], got \(shape)")
    }
    return shape
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    describeGroups(groups, &description)
    if epsilon != 1e-5 { description.add("epsilon", epsilon) }
  }
}
