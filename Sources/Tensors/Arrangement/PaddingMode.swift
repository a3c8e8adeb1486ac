/// What stands around a tensor that is padded.
public enum PaddingMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// One number.
  case constant
  /// The elements mirrored at the border, without the border itself.
  case reflect
  /// The elements of the border.
  case replicate
  /// The elements of the other side.
  case circular
}
