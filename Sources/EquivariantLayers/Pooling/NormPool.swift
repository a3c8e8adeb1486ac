public import Layers
import Symmetry
public import Tensors

/// The norm of each field: an invariant number for each field and pixel.
///
/// **Shapes**: `[N, C, H, W]` to `[N, fields, H, W]`.
///
/// **Symmetry**: exact for every element and every orthogonal representation; the output is of scalars.
///
/// **Traps**: when a representation is not orthogonal.
///
/// **escnn**: `NormPool`. The gradient of a vanishing norm is zero.
public final class NormPool: EquivariantModule {
  private let groups: ChannelGroups

  /// Creates the layer for a type.
  public init(_ type: FieldType) {
    Self.requireNorm(type, "NormPool")
    groups = ChannelGroups(sizes: type.representations.map(\.size))
    super.init(from: type, to: FieldType(type.space, type.count * type.space.trivial))
  }

  /// The norm of each field.
  public override func forward(_ input: Tensor) -> Tensor {
    let norms = groups.norms(input)
    return norms.dtype == input.dtype ? norms : norms.to(input.dtype)
  }

  /// A plain norm over ranges of channels.
  public override func export() -> Layer { NormOverChannelGroups(sizes: groups.sizes) }
}
