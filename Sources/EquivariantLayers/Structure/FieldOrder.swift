/// The order of the fields that carry the same label.
///
/// **escnn**: the argument `reshuffle`: 0 and 1, 2, 3.
public enum FieldOrder: String, CaseIterable, Codable, Hashable, Sendable {
  /// As in the type.
  case asGiven
  /// Smaller fields first.
  case bySize
  /// Smaller fields first, those of one size by the names of their representations.
  case bySizeAndName
}
