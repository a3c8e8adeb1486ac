public import Tensors

/// Multiplies by a fixed tensor, such as a circular mask.
///
/// **Shapes**: any that broadcasts with the factor; `[N, C, H, W]` with a factor `[H, W]` or `[1, 1, H, W]`.
///
/// **Symmetry**: that of the factor.
///
/// **State**: `factor`, not trained.
public final class Multiply: Layer {
  /// The factor.
  public let factor: Buffer

  /// Creates a layer.
  public init(_ factor: Tensor) { self.factor = Buffer(factor) }

  /// Multiplies.
  public override func callAsFunction(_ x: Tensor) -> Tensor { x * factor.value }

  /// A layer with a copy of the factor.
  public override func copy() -> Layer { Multiply(factor.value) }

  /// Emits the product.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.combine(input, .multiply, graph.tensor(factor, named: "factor")))
  }

  /// The input's shape, into which the factor broadcasts.
  public override func outputShape(for shape: Shape) -> Shape {
    let factor = self.factor.shape
    guard factor.count <= shape.count, zip(factor.reversed(), shape.reversed()).allSatisfy({ $0 == 1 || $0 == $1 })
    else { fail("the factor \(factor) does not broadcast into \(shape)") }
    return shape
  }

  /// Adds the factor's shape.
  public override func describe(_ description: inout ModuleDescription) { description.add(factor.shape) }
}
