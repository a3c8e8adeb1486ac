/// Bends negative values towards −α.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element on fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `ELU`.
public final class ELU: PointwiseNonLinearity {
  /// Creates the layer for a type.
  public init(_ type: FieldType, alpha: Double = 1) { super.init(type, .elu(alpha: alpha)) }
}
