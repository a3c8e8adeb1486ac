public import Layers
public import Tensors

/// The sum of two branches, by default of a module and its input.
///
/// **Shapes**: the input of both branches to their common output.
///
/// **Symmetry**: exact when both branches are.
///
/// **Traps**: when the types of the branches differ.
///
/// **State**: keys begin with `body` and `shortcut`.
///
/// **Reference**: He et al. (2016), "Identity mappings in deep residual networks".
///
/// **escnn**: none; e2cnn's example of Wide ResNets adds by hand.
public final class ResidualModule: EquivariantModule {
  /// The main branch.
  public let body: EquivariantModule

  /// The other branch; nil for the input itself.
  public let shortcut: EquivariantModule?

  /// Creates the sum of a module and another one, or its input.
  public init(_ body: EquivariantModule, shortcut: EquivariantModule? = nil) {
    self.body = body
    self.shortcut = shortcut
    let (input, output) = (shortcut?.inputType ?? body.inputType, shortcut?.outputType ?? body.inputType)
    require(
      body.inputType == input && body.outputType == output, "ResidualModule",
      "the branches map \(body.inputType) to \(body.outputType) and \(input) to \(output)")
    super.init(from: body.inputType, to: body.outputType)
  }

  /// Applies both branches and adds.
  ///
  /// **Symmetry**: as its branches.
  ///
  /// **Traps**: when the branches give images of different sizes.
  public override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    let main = body(input)
    return main + (shortcut?(input) ?? input)
  }

  /// The shape of the main branch's output.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    let (main, other) = (body.evaluateOutputShape(shape), shortcut?.evaluateOutputShape(shape) ?? shape)
    require(main == other, name, "the branches give shapes \(main) and \(other)")
    return main
  }

  /// The warnings of both branches.
  public override func latticeWarning(for shape: Shape) -> String? {
    let warnings = [
      body.latticeWarning(for: shape).map { "body: \($0)" },
      shortcut?.latticeWarning(for: shape).map { "shortcut: \($0)" },
    ].compactMap { $0 }
    return warnings.isEmpty ? nil : warnings.joined(separator: "; ")
  }

  /// Plain branches and their sum.
  public override func export() -> Layer {
    Residual(body.export(), shortcut: shortcut?.export() ?? Identity())
  }
}
