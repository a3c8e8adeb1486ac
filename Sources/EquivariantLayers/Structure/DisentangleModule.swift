public import Layers
import Symmetry
public import Tensors

/// Splits fields into smaller ones where their representation is a direct sum in disguise.
///
/// A regular field that was restricted to a subgroup becomes one field for each orbit. Only the order of the channels
/// changes; a convolution before or after it takes that in when the network is exported.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element; a change of basis of the fibers.
///
/// **escnn**: `DisentangleModule`, which leaves restricted regular fields whole.
public final class DisentangleModule: EquivariantModule {
  private let selection: FieldSelection

  /// Creates the layer for a type.
  public init(_ type: FieldType) {
    let parts = type.distinctRepresentations.map { $0.disentangled() }
    guard let selection = FiberMap(type, matrices: parts.map(\.changeOfBasis)).selection else {
      fail("DisentangleModule", "\(type) does not split by reordering its channels")
    }
    self.selection = selection
    let indices = type.storage.distinctIndex
    super.init(from: type, to: FieldType(type.space, indices.flatMap { parts[$0].representations }))
  }

  /// Reorders the channels.
  public override func forward(_ input: Tensor) -> Tensor { selection(input) }

  /// A permutation of channels.
  public override func export() -> Layer { selection.layer }
}
