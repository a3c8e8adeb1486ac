public import Layers
import Symmetry
public import Tensors

/// Applies a function to the norm of every field and leaves its direction.
///
/// A field x becomes f(|x| − b) · x / |x|, and zero for |x| ≤ 1e-10. The bias b = exp(`log_bias`) is 1 at first.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element and every orthogonal representation.
///
/// **Traps**: when a representation is not orthogonal, and for `squash` with a bias.
///
/// **State**: `log_bias` `[fields]`, in the order of the fields.
///
/// **Reference**: Worrall, Garbin, Turmukhambetov, Brostow (2017).
///
/// **escnn**: `NormNonLinearity` (`n_relu`, `n_sigmoid`, `n_softplus`, `squash`). Its `log_bias` is `[1, fields, 1, 1]`
/// with the fields in ascending order of size, and there is an `eps` beside it that is always 1e-10.
public final class NormNonLinearity: EquivariantModule {
  /// The function of the norm.
  public let function: NormFunction

  /// The logarithm of the bias of each field, if there is one.
  public let logBias: Parameter?

  private let rescaling: NormRescaling

  /// Creates the layer; there is a bias by default unless the function is `squash`.
  public init(
    _ type: FieldType, _ function: NormFunction = .relu, hasBias: Bool? = nil, dtype: DType = .float32
  ) {
    self.function = function
    Self.requireNorm(type, "NormNonLinearity")
    logBias = NormRescaling.initialBias(type, function, hasBias: hasBias, dtype: dtype, name: "NormNonLinearity")
    rescaling = NormRescaling(
      sizes: type.representations.map(\.size), partsOfField: Array(repeating: 1, count: type.count))
    super.init(from: type, to: type)
  }

  /// Rescales the fields.
  public override func forward(_ input: Tensor) -> Tensor { rescaling(input, function, logBias: logBias?.value) }

  /// A product with plain layers that compute the factors.
  public override func export() -> Layer { rescaling.layer(function, logBias: logBias?.value) }

  /// Adds the function to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("function", "\(function)")
  }
}
