/// The values that a numeric setting may take.
public struct ConfigurationBounds<Value: Comparable & Sendable>: Sendable {
  let contains: @Sendable (Value) -> Bool
  let requirement: String

  /// Every value.
  public static var any: Self { Self(contains: { _ in true }, requirement: "any value") }

  /// `lower` and all above.
  public static func atLeast(_ lower: Value) -> Self {
    Self(contains: { $0 >= lower }, requirement: "at least \(lower)")
  }

  /// `upper` and all below.
  public static func atMost(_ upper: Value) -> Self {
    Self(contains: { $0 <= upper }, requirement: "at most \(upper)")
  }

  /// All above `lower`, without it.
  public static func moreThan(_ lower: Value) -> Self {
    Self(contains: { $0 > lower }, requirement: "more than \(lower)")
  }

  /// The closed range.
  public static func within(_ range: ClosedRange<Value>) -> Self {
    Self(
      contains: { range.contains($0) }, requirement: "between \(range.lowerBound) and \(range.upperBound)")
  }

  /// `lower` and all above, below `upper`.
  public static func from(_ lower: Value, below upper: Value) -> Self {
    Self(contains: { $0 >= lower && $0 < upper }, requirement: "at least \(lower) and less than \(upper)")
  }

  /// All between `lower` and `upper`, without either.
  public static func inside(_ lower: Value, _ upper: Value) -> Self {
    Self(contains: { $0 > lower && $0 < upper }, requirement: "more than \(lower) and less than \(upper)")
  }
}
