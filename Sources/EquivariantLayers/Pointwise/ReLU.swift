/// Replaces negative values by zero.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element on fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `ReLU`.
public final class ReLU: PointwiseNonLinearity {
  /// Creates the layer for a type.
  public init(_ type: FieldType) { super.init(type, .relu) }
}
