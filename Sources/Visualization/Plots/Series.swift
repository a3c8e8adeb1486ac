/// One line of a plot: points, and optionally a band around them.
public struct Series: Hashable, Sendable {
  /// The name in the legend.
  public var name: String
  /// The positions along the horizontal axis.
  public var x: [Double]
  /// The values.
  public var y: [Double]
  /// Lower and upper bound at each point, drawn as a pale band.
  public var band: (lower: [Double], upper: [Double])? {
    get { lower.isEmpty ? nil : (lower, upper) }
    set {
      lower = newValue?.lower ?? []
      upper = newValue?.upper ?? []
    }
  }
  /// Dash lengths; empty for a solid line.
  public var dashes: [Double]
  /// Whether each point gets a dot.
  public var showsPoints: Bool
  /// Position in `Color.series`; nil takes the position among the plot's lines.
  public var colorIndex: Int?
  private var lower: [Double] = []
  private var upper: [Double] = []

  /// Makes a line.
  ///
  /// **Traps**: unless `x` and `y` (and the band's bounds) are equally long.
  public init(
    _ name: String, x: [Double], y: [Double], band: (lower: [Double], upper: [Double])? = nil, dashes: [Double] = [],
    showsPoints: Bool = false, colorIndex: Int? = nil
  ) {
    precondition(x.count == y.count, "Series \"\(name)\": \(x.count) x values and \(y.count) y values were given")
    if let band {
      precondition(
        band.lower.count == x.count && band.upper.count == x.count,
        "Series \"\(name)\": the band has \(band.lower.count) and \(band.upper.count) values for \(x.count) points")
    }
    self.name = name
    self.x = x
    self.y = y
    self.dashes = dashes
    self.showsPoints = showsPoints
    self.colorIndex = colorIndex
    self.band = band
  }
}
