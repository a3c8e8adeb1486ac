/// What stands around a signal.
public enum PaddingMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// One value, zero unless another is given.
  case constant
  /// The signal mirrored at the center of its border pixel, which is not repeated.
  case reflect
  /// The border pixel, repeated.
  case replicate
  /// The signal, continued periodically.
  case circular
}
