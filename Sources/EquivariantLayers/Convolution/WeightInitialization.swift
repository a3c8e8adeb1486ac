/// How the weights of a steerable convolution begin.
public enum WeightInitialization: String, Hashable, Sendable, Codable, CaseIterable {
  /// Normal numbers whose standard deviations keep the variance of the fields.
  ///
  /// **Reference**: Weiler, Hamprecht, Storath (2018), section 4.2.
  case generalizedHe
  /// A random orthogonal map at the center of the kernel, zero elsewhere.
  ///
  /// **Reference**: Xiao et al. (2018), "Dynamical isometry".
  case deltaOrthogonal
  /// All weights zero, to be loaded or set afterwards.
  case zeros
}
