/// Maps values to numbers between −1 and 1 by the hyperbolic tangent.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element on fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseNonLinearity` with `p_tanh`.
public final class Tanh: PointwiseNonLinearity {
  /// Creates the layer for a type.
  public init(_ type: FieldType) { super.init(type, .tanh) }
}
