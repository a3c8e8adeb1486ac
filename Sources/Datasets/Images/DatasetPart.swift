/// One of the two parts in which data sets are published.
public enum DatasetPart: String, Hashable, Sendable, CaseIterable {
  /// The images to learn from.
  case training
  /// The images to test with.
  case test
}
