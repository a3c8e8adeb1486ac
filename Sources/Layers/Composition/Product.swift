public import Tensors

/// The product of two branches, such as features and their gates.
///
/// **Shapes**: both branches must give the same shape.
///
/// **Symmetry**: that of the first branch where the second is invariant; under permutations whatever both have.
public final class Product: Layer {
  /// The branch of the features.
  public let features: Layer
  /// The branch of the factors.
  public let factors: Layer

  /// Creates a layer from two branches that read the same input.
  public init(_ features: Layer, _ factors: Layer) {
    self.features = features
    self.factors = factors
  }

  /// Applies both branches and multiplies.
  ///
  /// **Traps**: when the branches give different shapes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    let (a, b) = (features(x), factors(x))
    if a.shape != b.shape { fail("the branches give \(a.shape) and \(b.shape)") }
    return a * b
  }

  /// A layer with copies of both branches.
  public override func copy() -> Layer { Product(features.copy(), factors.copy()) }

  /// Emits both branches and the product.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let first = graph.emit(features, named: "features", input: input)
    let second = graph.emit(factors, named: "factors", input: input)
    return graph.add(.combine(first, .multiply, second))
  }

  /// The shape after the first branch.
  public override func outputShape(for shape: Shape) -> Shape { features.outputShape(for: shape) }
}
