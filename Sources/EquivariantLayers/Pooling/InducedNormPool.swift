public import Layers
import Symmetry
public import Tensors

/// The largest norm among the sub-fields of each induced field: an invariant number for each field and pixel.
///
/// **Shapes**: `[N, C, H, W]` to `[N, fields, H, W]`.
///
/// **Symmetry**: exact for every element, because the group permutes sub-fields and keeps their norms; the output is of
/// scalars.
///
/// **Traps**: when a representation is not induced from an orthogonal one.
///
/// **escnn**: `InducedNormPool`. The gradient of a vanishing norm is zero.
public final class InducedNormPool: EquivariantModule {
  private let subfields: ChannelGroups
  private let maximum: FieldMaximum

  /// Creates the layer for a type.
  public init(_ type: FieldType) {
    subfields = ChannelGroups(sizes: Subfields.normSizes(type, "InducedNormPool"))
    maximum = FieldMaximum(sizes: type.representations.map { $0.size / (Subfields.normSize($0) ?? $0.size) })
    super.init(from: type, to: FieldType(type.space, type.count * type.space.trivial))
  }

  /// The largest norm in each field.
  public override func forward(_ input: Tensor) -> Tensor {
    let norms = maximum(subfields.norms(input))
    return norms.dtype == input.dtype ? norms : norms.to(input.dtype)
  }

  /// A plain norm and a plain maximum over ranges of channels.
  public override func export() -> Layer {
    Sequential(NormOverChannelGroups(sizes: subfields.sizes), MaxOverChannelGroups(sizes: maximum.sizes))
  }
}
