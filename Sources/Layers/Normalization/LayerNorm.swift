public import Tensors

/// Normalization of each sample over its last axes.
///
/// **Shapes**: `[…, shape]`; the output has the input's shape.
///
/// **Symmetry**: with the affine part, only permutations of the leading axes.
///
/// **State**: `weight` and `bias` of the normalized shape, if affine.
///
/// **Reference**: Ba, Kiros and Hinton (2016).
public final class LayerNorm: Layer {
  /// The sizes of the normalized axes.
  public let shape: Shape
  /// What is added to the variance.
  public let epsilon: Double
  /// The scale, if the layer is affine.
  public let weight: Parameter?
  /// The shift, if the layer is affine.
  public let bias: Parameter?

  /// Creates a layer with scale 1 and shift 0.
  public init(_ shape: Shape, epsilon: Double = 1e-5, isAffine: Bool = true, dtype: DType = .float32) {
    guard !shape.isEmpty, shape.allSatisfy({ $0 > 0 }) else {
      Torch.fail(op: "LayerNorm", "needs one or more positive sizes, got \(shape)")
    }
    self.shape = shape
    self.epsilon = epsilon
    weight = isAffine ? Parameter(Tensor.ones(shape, dtype: dtype)) : nil
    bias = isAffine ? Parameter(Tensor.zeros(shape, dtype: dtype)) : nil
  }

  /// Normalizes.
  ///
  /// **Traps**: when the last axes have other sizes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return x.layerNorm(shape: shape, weight: weight?.value, bias: bias?.value, epsilon: epsilon)
  }

  /// A layer with copies of the parameters.
  public override func copy() -> Layer {
    let other = LayerNorm(
      shape, epsilon: epsilon, isAffine: weight != nil, dtype: weight?.value.dtype ?? .float32)
    for (source, target) in [(weight, other.weight), (bias, other.bias)] {
      if let source, let target { target.replace(with: source.value.detach().clone()) }
    }
    return other
  }

  /// Emits the normalization.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .layerNorm(
        input, sizes: Array(shape), weight: graph.tensor(weight, named: "weight"),
        bias: graph.tensor(bias, named: "bias"),
        epsilon: epsilon))
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return shape
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) { description.add(shape) }

  private func check(_ shape: Shape) {
    if Array(shape.suffix(self.shape.count)) != Array(self.shape) {
      fail("expected an input that ends in \(self.shape), got \(shape)")
    }
  }
}
