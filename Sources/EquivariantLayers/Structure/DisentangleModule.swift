public import Layers
import Symmetry
public import Tensors

/// Splits fields into smaller ones where their representation is a direct sum in disguise.
///
/// A regular field that was restricted to a subgroup becomes one field for each orbit.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element; a change of basis of the fibers.
///
/// **Traps**: when the type is empty.
///
/// **escnn**: `DisentangleModule`, which leaves restricted regular fields whole.
public final class DisentangleModule: EquivariantModule {
  private let map: FiberMap

  /// Creates the layer for a type.
  public init(_ type: FieldType) {
    let parts = type.distinctRepresentations.map { $0.disentangled() }
    map = FiberMap(type, matrices: parts.map(\.changeOfBasis))
    let indices = type.storage.distinctIndex
    super.init(from: type, to: FieldType(type.space, indices.flatMap { parts[$0].representations }))
  }

  /// Changes the basis of the fibers.
  public override func forward(_ input: Tensor) -> Tensor { map(input) }

  /// A permutation of channels, or a plain 1 × 1 convolution.
  public override func export() -> Layer {
    if let sources = map.sources { return ChannelPermutation(sources) }
    let size = inputType.size
    let weight = Tensor(map.matrix.values, shape: [size, size, 1, 1], dtype: .float32)
    return Conv2D(weight: weight, bias: nil)
  }
}
