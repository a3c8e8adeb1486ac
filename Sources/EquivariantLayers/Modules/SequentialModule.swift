public import Layers
public import Tensors

/// Modules applied one after the other.
///
/// **Shapes**: the first part's input to the last part's output.
///
/// **Symmetry**: as its parts; exact when all of them are.
///
/// **Traps**: at creation when the output type of a part is not the input type of the next, with both types.
///
/// **State**: keys are positions, `0.weights`.
///
/// **escnn**: `SequentialModule`.
open class SequentialModule: EquivariantModule {
  /// The parts in order.
  public let parts: [EquivariantModule]

  /// The positions are keys of their own.
  open override class var stateKeys: [String: String] { ["parts": ""] }

  /// Joins modules.
  public init(_ parts: [EquivariantModule]) {
    guard let first = parts.first, let last = parts.last else { fail("SequentialModule", "needs at least one module") }
    for (index, (module, next)) in zip(parts, parts.dropFirst()).enumerated()
    where module.outputType != next.inputType {
      fail(
        "SequentialModule",
        "part \(index) (\(module.name)) gives \(module.outputType), part \(index + 1) (\(next.name)) expects \(next.inputType)"
      )
    }
    self.parts = parts
    super.init(from: first.inputType, to: last.outputType)
  }

  /// Joins modules.
  public convenience init(_ parts: EquivariantModule...) { self.init(parts) }

  /// The number of parts.
  public final var count: Int { parts.count }

  /// The part at a position.
  public final subscript(index: Int) -> EquivariantModule { parts[index] }

  /// Applies the parts in order; the values are laid out channels-last once, before the first.
  ///
  /// **Symmetry**: as its parts.
  open override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    return Self.chain(parts, input.channelsLast())
  }

  /// The shape after all parts.
  open override func evaluateOutputShape(_ shape: Shape) -> Shape {
    parts.reduce(shape) { $1.evaluateOutputShape($0) }
  }

  /// The warnings of the parts, each with its position.
  open override func latticeWarning(for shape: Shape) -> String? {
    var warnings: [String] = []
    var current = shape
    for (index, part) in parts.enumerated() {
      if let warning = part.latticeWarning(for: current) { warnings.append("\(index): \(warning)") }
      current = part.evaluateOutputShape(current)
    }
    return warnings.isEmpty ? nil : warnings.joined(separator: "; ")
  }

  /// The exported parts in order, with batch normalizations folded into convolutions and nothing superfluous left.
  open override func export() -> Layer { Sequential(parts.map { $0.export() }).fused() }
}
