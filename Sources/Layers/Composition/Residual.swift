public import Tensors

/// The sum of two branches, by default of a layer and its input.
///
/// **Shapes**: both branches must give the same shape.
///
/// **Symmetry**: whatever both branches have.
public final class Residual: Layer {
  /// The main branch.
  public let body: Layer
  /// The other branch.
  public let shortcut: Layer

  /// Creates a layer; without a shortcut the input itself is added.
  public init(_ body: Layer, shortcut: Layer = Identity()) {
    self.body = body
    self.shortcut = shortcut
  }

  /// Applies both branches and adds.
  ///
  /// **Traps**: when the branches give different shapes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    let main = body(x)
    let other = shortcut(x)
    if main.shape != other.shape { fail("the branches give \(main.shape) and \(other.shape)") }
    return main + other
  }

  /// A layer with copies of both branches.
  public override func copy() -> Layer { Residual(body.copy(), shortcut: shortcut.copy()) }

  /// Emits both branches and the sum.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let main = graph.emit(body, named: "body", input: input)
    let other = graph.emit(shortcut, named: "shortcut", input: input)
    return graph.add(.combine(main, .add, other))
  }

  /// The shape after the main branch.
  public override func outputShape(for shape: Shape) -> Shape { body.outputShape(for: shape) }
}
