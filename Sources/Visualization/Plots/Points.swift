/// The points of one series of a scatter plot, and optionally how uncertain they are.
public struct Points: Hashable, Sendable {
  /// The name in the legend.
  public var name: String
  /// The positions along the horizontal axis.
  public var x: [Double]
  /// The positions along the vertical axis.
  public var y: [Double]
  /// Half the width of each horizontal error bar; empty for none.
  public var xErrors: [Double]
  /// Half the height of each vertical error bar; empty for none.
  public var yErrors: [Double]
  /// Position in `Color.series`; nil takes the position among the plot's series.
  public var colorIndex: Int?

  /// Makes a series of points.
  ///
  /// **Traps**: unless there are as many x as y, and as many errors, or none.
  public init(
    _ name: String, x: [Double], y: [Double], xErrors: [Double] = [], yErrors: [Double] = [], colorIndex: Int? = nil
  ) {
    precondition(x.count == y.count, "Points \"\(name)\": \(x.count) x values and \(y.count) y values were given")
    for errors in [xErrors, yErrors] {
      precondition(
        errors.isEmpty || errors.count == x.count,
        "Points \"\(name)\": \(errors.count) errors were given for \(x.count) points")
    }
    self.name = name
    self.x = x
    self.y = y
    self.xErrors = xErrors
    self.yErrors = yErrors
    self.colorIndex = colorIndex
  }
}
