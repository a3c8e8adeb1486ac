public import Tensors

/// A linear map of the last axis, with a bias.
///
/// **Shapes**: `[…, inFeatures]` to `[…, outFeatures]`.
///
/// **Symmetry**: none; place it after the network is made invariant.
///
/// **State**: `weight` `[outFeatures, inFeatures]`, `bias` `[outFeatures]`.
public final class Linear: Layer {
  /// The matrix, one row for each output.
  public let weight: Parameter
  /// The bias, if the layer has one.
  public let bias: Parameter?

  /// Creates a layer with random weights, uniform in ±1/√inFeatures unless initializers are given.
  public init(
    from inFeatures: Int, to outFeatures: Int, hasBias: Bool = true,
    weightInitializer: Initializer = .torchDefault, biasInitializer: Initializer? = nil,
    dtype: DType = .float32, rng: inout Generator
  ) {
    guard inFeatures > 0, outFeatures > 0 else {
      Torch.fail(op: "Linear", "needs positive sizes, got \(inFeatures) and \(outFeatures)")
    }
    weight = Parameter(owning: weightInitializer([outFeatures, inFeatures], dtype: dtype, using: &rng))
    let biasInitializer = biasInitializer ?? .torchDefaultBias(fanIn: inFeatures)
    bias = hasBias ? Parameter(owning: biasInitializer([outFeatures], dtype: dtype, using: &rng)) : nil
  }

  /// Creates a layer with copies of the given tensors.
  ///
  /// **Traps**: when the shapes do not fit.
  public init(weight: Tensor, bias: Tensor?) {
    guard weight.rank == 2, bias.map({ $0.shape == [weight.shape[0]] }) ?? true else {
      Torch.fail(op: "Linear", "weight \(weight.shape) and bias \(bias?.shape ?? []) do not fit")
    }
    self.weight = Parameter(weight)
    self.bias = bias.map { Parameter($0) }
  }

  /// The size of the input's last axis.
  public var inFeatures: Int { weight.shape[1] }
  /// The size of the output's last axis.
  public var outFeatures: Int { weight.shape[0] }

  /// Applies the map.
  ///
  /// **Traps**: when the last axis has another size than `inFeatures`.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return x.linear(weight.value, bias: bias?.value)
  }

  /// A layer with copies of the parameters.
  public override func copy() -> Layer { Linear(weight: weight.value, bias: bias?.value) }

  /// Emits the map.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .linear(input, weight: graph.tensor(weight, named: "weight"), bias: graph.tensor(bias, named: "bias")))
  }

  /// The input's shape with another last size.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return Shape(Array(shape.dropLast()) + [outFeatures])
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("from", inFeatures)
    description.add("to", outFeatures)
    if bias == nil { description.add("hasBias", false) }
  }

  private func check(_ shape: Shape) {
    guard shape.last == inFeatures else { fail("expected an input […, \(inFeatures)], got \(shape)") }
  }
}
