public import Layers
import Symmetry
public import Tensors

/// The largest channel of each field: an invariant number for each field and pixel.
///
/// **Shapes**: `[N, C, H, W]` to `[N, fields, H, W]`.
///
/// **Symmetry**: exact for every element, on fields that the group permutes; the output is of scalars.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `GroupPooling`; fields of several sizes are exported too.
public final class GroupPooling: EquivariantModule {
  private let maximum: FieldMaximum

  /// Creates the layer for a type.
  public init(_ type: FieldType) {
    maximum = FieldMaximum(sizes: type.representations.map(\.size))
    super.init(from: type, to: FieldType(type.space, type.count * type.space.trivial))
    Self.requirePointwise(type, name)
  }

  /// The maximum of each field.
  public override func forward(_ input: Tensor) -> Tensor { maximum(input) }

  /// A plain maximum over ranges of channels.
  public override func export() -> Layer { MaxOverChannelGroups(sizes: maximum.sizes) }
}
