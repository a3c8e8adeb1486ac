public import Tensors

/// Normalization of each sample over groups of channels.
///
/// **Shapes**: `[N, C, …]`; the output has the input's shape.
///
/// **Symmetry**: commutes with permutations of pixels; with the affine part, channels are treated one by one.
///
/// **State**: `weight` and `bias` `[C]`, if affine.
///
/// **Reference**: Wu and He (2018).
public final class GroupNorm: Layer {
  /// The number of groups.
  public let groups: Int
  /// The number of channels.
  public let channels: Int
  /// What is added to the variance.
  public let epsilon: Double
  /// The scale, if the layer is affine.
  public let weight: Parameter?
  /// The shift, if the layer is affine.
  public let bias: Parameter?

  /// Creates a layer with scale 1 and shift 0.
  ///
  /// **Traps**: when the groups do not divide the channels.
  public init(
    groups: Int, channels: Int, epsilon: Double = 1e-5, isAffine: Bool = true, dtype: DType = .float32
  ) {
    guard groups > 0, channels > 0, channels % groups == 0 else {
      Torch.fail(op: "GroupNorm", "\(groups) groups do not divide \(channels) channels")
    }
    self.groups = groups
    self.channels = channels
    self.epsilon = epsilon
    weight = isAffine ? Parameter(Tensor.ones([channels], dtype: dtype)) : nil
    bias = isAffine ? Parameter(Tensor.zeros([channels], dtype: dtype)) : nil
  }

  /// Normalizes.
  ///
  /// **Traps**: when the input has another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return x.groupNorm(groups: groups, weight: weight?.value, bias: bias?.value, epsilon: epsilon)
  }

  /// A layer with copies of the parameters.
  public override func copy() -> Layer {
    let other = GroupNorm(
      groups: groups, channels: channels, epsilon: epsilon, isAffine: weight != nil,
      dtype: weight?.value.dtype ?? .float32)
    for (source, target) in [(weight, other.weight), (bias, other.bias)] {
      if let source, let target { target.replace(with: source.value.detach().clone()) }
    }
    return other
  }

  /// Emits the normalization.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .groupNorm(
        input, groups: groups, weight: graph.tensor(weight, named: "weight"), bias: graph.tensor(bias, named: "bias"),
        epsilon: epsilon))
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return shape
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("groups", groups)
    description.add("channels", channels)
  }

  private func check(_ shape: Shape) {
    if shape.count < 2 || shape[1] != channels { fail("expected an input [N, \(channels), …], got \(shape)") }
  }
}
