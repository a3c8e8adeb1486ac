public import Tensors

/// Normalization of each channel of each sample over its pixels.
///
/// **Shapes**: `[N, C, H, W]`; the output has the input's shape.
///
/// **Symmetry**: commutes with permutations of pixels; with the affine part, channels are treated one by one.
///
/// **State**: `weight` and `bias` `[C]`, if affine.
public final class InstanceNorm2D: Layer {
  /// The number of channels.
  public let channels: Int
  /// What is added to the variance.
  public let epsilon: Double
  /// The scale, if the layer is affine.
  public let weight: Parameter?
  /// The shift, if the layer is affine.
  public let bias: Parameter?

  /// Creates a layer; by default without an affine part, as in PyTorch.
  public init(_ channels: Int, epsilon: Double = 1e-5, isAffine: Bool = false, dtype: DType = .float32) {
    guard channels > 0 else { Torch.fail(op: "InstanceNorm2D", "needs positive channels, got \(channels)") }
    self.channels = channels
    self.epsilon = epsilon
    weight = isAffine ? Parameter(Tensor.ones([channels], dtype: dtype)) : nil
    bias = isAffine ? Parameter(Tensor.zeros([channels], dtype: dtype)) : nil
  }

  /// Normalizes.
  ///
  /// **Traps**: when the input has another number of axes or channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: channels, layout: "[N, C, H, W]")
    return x.instanceNorm(weight: weight?.value, bias: bias?.value, epsilon: epsilon)
  }

  /// A layer with copies of the parameters.
  public override func copy() -> Layer {
    let other = InstanceNorm2D(
      channels, epsilon: epsilon, isAffine: weight != nil, dtype: weight?.value.dtype ?? .float32)
    for (source, target) in [(weight, other.weight), (bias, other.bias)] {
      if let source, let target { target.replace(with: source.value.detach().clone()) }
    }
    return other
  }

  /// Emits the normalization.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .instanceNorm(
        input, weight: graph.tensor(weight, named: "weight"), bias: graph.tensor(bias, named: "bias"), epsilon: epsilon)
    )
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: channels, layout: "[N, C, H, W]")
    return shape
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) { description.add(channels) }
}
