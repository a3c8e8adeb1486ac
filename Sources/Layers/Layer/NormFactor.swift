public import Tensors

/// The factor that gives vectors of norm t the norm f(t − b): f(t − b) / t, and zero for t ≤ 1e-10.
///
/// **Shapes**: norms `[N, C, H, W]` to factors of the same shape.
///
/// **Symmetry**: channels and pixels are treated one by one; factors of invariant norms are invariant.
///
/// **State**: `bias` `[C, 1, 1]`, not trained, if there is one.
public final class NormFactor: Layer {
  /// The function of the norm.
  public let function: NormFunction
  /// What is subtracted from the norm of each channel.
  public let bias: Buffer?

  /// Creates a layer.
  ///
  /// **Traps**: when the bias is not a vector.
  public init(_ function: NormFunction, bias: Tensor? = nil) {
    if let bias, bias.rank != 1 { Torch.fail(op: "NormFactor", "expected a bias [C], got \(bias.shape)") }
    self.function = function
    self.bias = bias.map { Buffer($0.reshape([$0.count, 1, 1])) }
  }

  /// Computes the factors.
  ///
  /// **Traps**: when there is a bias for another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    _ = outputShape(for: x.shape)
    return function.factor(norms: x, bias: bias?.value)
  }

  /// A layer with a copy of the bias.
  public override func copy() -> Layer { NormFactor(function, bias: bias.map { $0.value.flatten() }) }

  /// Emits the factors; those of norms up to 1e-10 are left finite instead of zero, since they multiply zeros.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let shifted = bias.map { graph.add(.combine(input, .subtract, graph.tensor($0, named: "bias"))) } ?? input
    let value: ExportGraph.Value
    switch function {
    case .relu: value = graph.add(.apply(.relu, shifted))
    case .sigmoid: value = graph.add(.apply(.sigmoid, shifted))
    case .softplus: value = graph.add(.apply(.softplus, shifted))
    case .squash: value = graph.add(.combine(shifted, .divide, graph.add(.combine(shifted, .add, .number(1)))))
    }
    let divisor = graph.add(.clamp(input, minimum: NormFunction.smallestNorm, maximum: nil))
    return graph.add(.combine(value, .divide, divisor))
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: bias?.shape[0], layout: "[N, C, H, W]")
    return shape
  }

  /// Adds the function's name.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(".\(function)")
    if bias == nil { description.add("hasBias", false) }
  }
}
