/// The intervals of one series, such as the support that a network has learned in each of its layers.
public struct Intervals: Hashable, Sendable {
  /// The name in the legend.
  public var name: String
  /// One interval a row; nil leaves the row empty.
  public var ranges: [ClosedRange<Double>?]
  /// Position in `Color.series`; nil takes the position among the plot's series.
  public var colorIndex: Int?

  /// Makes a series of intervals.
  public init(_ name: String, _ ranges: [ClosedRange<Double>?], colorIndex: Int? = nil) {
    self.name = name
    self.ranges = ranges
    self.colorIndex = colorIndex
  }
}
