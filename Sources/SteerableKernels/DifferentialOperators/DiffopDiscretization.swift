/// How derivatives become weights of pixels.
///
/// **Units**: pixels.
///
/// **escnn**: `DiscretizationArgs` of e2cnn. Its finite differences come out turned by 90°, which breaks reflections; ours
/// are upright. Its Gaussian of `smoothing` s has in fact the standard deviation s²/√2, and odd orders the other sign.
public enum DiffopDiscretization: Hashable, Sendable {
  /// Products of one-dimensional finite differences; exact for polynomials, as far as the kernel's size allows.
  case finiteDifferences
  /// Weights that are exact for shifted copies of a radial function and for polynomials up to the operator's order.
  case radialBasisFunctions(RadialBasisFunction)
  /// Derivatives of a Gaussian with a standard deviation: the field is smoothed before it is differentiated.
  case gaussian(standardDeviation: Double)
}
