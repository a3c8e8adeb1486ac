public import Layers
import Symmetry
public import Tensors

/// The base class of layers and networks between two field types.
///
/// A subclass overrides `forward(_:)`, which maps plain tensors whose type has been checked, or `callAsFunction(_:)`
/// when it works
/// with types itself (residual blocks, branches).
///
/// **Shapes**: `[N, inputType.size, H, W]` to `evaluateOutputShape(_:)`.
///
/// **Symmetry**: `layer(g · x) = g · layer(x)`; each subclass says for which elements and sizes that is exact.
///
/// **Traps**: when the input has another type; the message shows both.
///
/// **escnn**: `EquivariantModule`.
open class EquivariantModule: Module {
  /// The type of the input.
  public let inputType: FieldType

  /// The type of the output.
  public let outputType: FieldType

  /// Creates a module between two types on the same space or on two spaces.
  public init(from inputType: FieldType, to outputType: FieldType) {
    self.inputType = inputType
    self.outputType = outputType
    super.init()
  }

  /// Applies the module to fields of type `inputType`.
  ///
  /// **Symmetry**: maps transformed input to transformed output.
  open func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    return GeometricTensor(unchecked: forward(input.tensor), outputType)
  }

  /// Maps the values; their type has been checked.
  open func forward(_ input: Tensor) -> Tensor {
    fail(name, "overrides neither forward(_:) nor callAsFunction(_:)")
  }

  /// The shape of the output for an input of a shape `[N, C, H, W]`.
  ///
  /// **Traps**: when the number of channels is wrong or nothing remains of the image.
  open func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return [shape[0], outputType.size, shape[2], shape[3]]
  }

  /// Whether all symmetries of the pixel grid are kept exactly for images of a shape `[N, C, H, W]`.
  ///
  /// **Symmetry**: exact up to rounding when true; when false, `latticeWarning(for:)` tells why.
  public final func isLatticeExact(for shape: Shape) -> Bool { latticeWarning(for: shape) == nil }

  /// One sentence on why symmetries of the pixel grid are broken for a shape, nil when they are kept.
  open func latticeWarning(for shape: Shape) -> String? { nil }

  /// Plain layers with the same output, without group theory.
  ///
  /// **Symmetry**: the plain layers compute the same function, so they keep the symmetry of the original.
  ///
  /// **Traps**: when the module has no plain form.
  open func export() -> Layer {
    fail(name, "has no plain form; override export()")
  }

  /// The name that messages use.
  package final var name: String { "\(Swift.type(of: self))" }

  /// Stops with both types unless the input has the type of this module.
  public final func checkInput(_ input: GeometricTensor) {
    if input.type != inputType {
      fail(name, "input has type \(input.type), layer expects \(inputType)")
    }
  }

  /// Stops unless a shape `[N, C, H, W]` has the channels of the input type.
  public final func checkShape(_ shape: Shape) {
    require(
      shape.count == 4 && shape[1] == inputType.size, name,
      "shape \(shape) does not fit \(inputType); expected [N, \(inputType.size), H, W]")
  }

  /// Stops unless every field of a type is permuted by the group.
  package static func requirePointwise(_ type: FieldType, _ name: String) {
    for representation in type.distinctRepresentations where !representation.capabilities.contains(.pointwise) {
      fail(
        name,
        "\(representation.name) of \(type.space) is not a permutation, so a pointwise operation would break the symmetry"
      )
    }
  }

  /// Adds the types to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("from", "\(inputType)")
    if outputType != inputType { description.add("to", "\(outputType)") }
  }
}
