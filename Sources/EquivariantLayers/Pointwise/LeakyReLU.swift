/// Scales negative values by a small slope.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element on fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `LeakyReLU`.
public final class LeakyReLU: PointwiseNonLinearity {
  /// Creates the layer for a type.
  public init(_ type: FieldType, slope: Double = 0.01) { super.init(type, .leakyRelu(slope: slope)) }
}
