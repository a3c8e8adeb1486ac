/// A plane of values to be shown through a color map, row by row from the top.
public struct ScalarField: Hashable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The numbers, row by row.
  public let values: [Double]

  /// Makes a field from its numbers.
  ///
  /// **Traps**: unless `values` holds `width * height` numbers.
  public init(width: Int, height: Int, values: [Double]) {
    precondition(
      values.count == width * height,
      "ScalarField: \(values.count) values were given; \(width)x\(height) needs \(width * height)")
    self.width = width
    self.height = height
    self.values = values
  }

  /// The smallest and largest finite value; (0, 1) when there is none.
  public var range: ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? low...high : 0...1
  }
}
