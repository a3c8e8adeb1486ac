public import Layers
public import Tensors

/// Applies a function to every value of fields that the group permutes.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element, because permuting channels and applying a function commute.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseNonLinearity`.
open class PointwiseNonLinearity: EquivariantModule {
  /// The function.
  public let function: PointwiseFunction

  /// Creates the layer for a type.
  public init(_ type: FieldType, _ function: PointwiseFunction) {
    self.function = function
    super.init(from: type, to: type)
    Self.requirePointwise(type, name)
  }

  /// Applies the function.
  public final override func forward(_ input: Tensor) -> Tensor { function(input) }

  /// A plain activation.
  public final override func export() -> Layer { function.layer }
}
