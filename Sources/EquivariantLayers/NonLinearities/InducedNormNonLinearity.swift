public import Layers
import Symmetry
public import Tensors

/// Applies a function to the norm of every sub-field of induced fields and leaves its direction.
///
/// The function and the bias are those of `NormNonLinearity`; the sub-fields of a field share their bias.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element, because the group permutes sub-fields and keeps their norms.
///
/// **Traps**: when a representation is not induced from an orthogonal one, and for `squash` with a bias.
///
/// **State**: `log_bias` `[fields]`, in the order of the fields.
///
/// **escnn**: `InducedNormNonLinearity`. Its `log_bias` has the fields in ascending order of size, then of the size of
/// their sub-fields; `eps` is always 1e-10.
public final class InducedNormNonLinearity: EquivariantModule {
  /// The function of the norm.
  public let function: NormFunction

  /// The logarithm of the bias of each field, if there is one.
  public let logBias: Parameter?

  private let rescaling: NormRescaling

  /// Creates the layer; there is a bias by default unless the function is `squash`.
  public init(
    _ type: FieldType, _ function: NormFunction = .relu, hasBias: Bool? = nil, dtype: DType = .float32
  ) {
    let name = "InducedNormNonLinearity"
    self.function = function
    rescaling = NormRescaling(
      sizes: Subfields.normSizes(type, name),
      partsOfField: type.representations.map { $0.size / (Subfields.normSize($0) ?? $0.size) })
    logBias = NormRescaling.initialBias(type, function, hasBias: hasBias, dtype: dtype, name: name)
    super.init(from: type, to: type)
  }

  /// Rescales the sub-fields.
  public override func forward(_ input: Tensor) -> Tensor { rescaling(input, function, logBias: logBias?.value) }

  /// A product with plain layers that compute the factors.
  public override func export() -> Layer { rescaling.layer(function, logBias: logBias?.value) }

  /// Adds the function to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("function", "\(function)")
  }
}
