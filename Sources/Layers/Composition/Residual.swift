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

  /// Emits both branches and the sum.
  public override func emitScript(_ emitter: inout ScriptEmitter, input: String) -> String {
    let main = emitter.withScope("body") { body.emitScript(&$0, input: input) }
    let other = emitter.withScope("shortcut") { shortcut.emitScript(&$0, input: input) }
    return emitter.assign("torch.add(\(main), \(other))")
  }

  /// The shape after the main branch.
  public override func outputShape(for shape: Shape) -> Shape { body.outputShape(for: shape) }
}
