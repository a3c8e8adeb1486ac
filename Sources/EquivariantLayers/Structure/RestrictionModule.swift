public import Layers
public import Symmetry
public import Tensors

/// Sees fields as fields of a subgroup; the values stay.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for the elements of the subgroup; what follows is free to break the rest.
///
/// **Traps**: when the group has no such subgroup.
///
/// **escnn**: `RestrictionModule`.
public final class RestrictionModule: EquivariantModule {
  /// The subgroup.
  public let subgroup: SubgroupID

  /// Creates the layer.
  public init(_ type: FieldType, to subgroup: SubgroupID) {
    self.subgroup = subgroup
    do {
      super.init(from: type, to: try type.restricted(to: subgroup))
    } catch {
      fail("RestrictionModule", "\(error)")
    }
  }

  /// Returns its input.
  public override func forward(_ input: Tensor) -> Tensor { input }

  /// A plain identity.
  public override func export() -> Layer { Identity() }
}
