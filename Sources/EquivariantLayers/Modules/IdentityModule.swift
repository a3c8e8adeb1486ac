public import Layers
public import Tensors

/// Hands its input on.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact.
///
/// **escnn**: `IdentityModule`.
public final class IdentityModule: EquivariantModule {
  /// Creates the identity on a type.
  public init(_ type: FieldType) { super.init(from: type, to: type) }

  /// Returns its input.
  public override func forward(_ input: Tensor) -> Tensor { input }

  /// A plain identity.
  public override func export() -> Layer { Identity() }
}
