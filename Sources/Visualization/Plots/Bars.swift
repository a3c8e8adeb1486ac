/// The bars of one series: a value for each category, and optionally how uncertain it is.
public struct Bars: Hashable, Sendable {
  /// The name in the legend.
  public var name: String
  /// One value a category; NaN leaves the place of a bar empty.
  public var values: [Double]
  /// Half the length of each error bar; empty for none.
  public var errors: [Double]
  /// Position in `Color.series`; nil takes the position among the plot's series.
  public var colorIndex: Int?

  /// Makes a series of bars.
  ///
  /// **Traps**: unless there are as many errors as values, or none.
  public init(_ name: String, _ values: [Double], errors: [Double] = [], colorIndex: Int? = nil) {
    precondition(
      errors.isEmpty || errors.count == values.count,
      "Bars \"\(name)\": \(errors.count) errors were given for \(values.count) values")
    self.name = name
    self.values = values
    self.errors = errors
    self.colorIndex = colorIndex
  }
}
