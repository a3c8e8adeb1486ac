/// Maps values to numbers between 0 and 1.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element on fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseNonLinearity` with `p_sigmoid`.
public final class Sigmoid: PointwiseNonLinearity {
  /// Creates the layer for a type.
  public init(_ type: FieldType) { super.init(type, .sigmoid) }
}
