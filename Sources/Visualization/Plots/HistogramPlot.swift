/// How often values fall into bins of equal width: pale areas with outlines, one color a series.
public struct HistogramPlot: Drawing, Sendable {
  /// What the heights are.
  public enum Scale: String, Sendable {
    /// The number of values in the bin.
    case count
    /// The share of the values of the series, which compares series of different sizes.
    case share
    /// The share divided by the width of the bin, so that the area is 1.
    case density
  }

  /// The heading.
  public var title: String
  /// The axis of the values; values outside of its range are left out, and counted in none of the shares.
  public var axis: Axis
  /// The values of each series, with its name in the legend.
  public var series: [(name: String, values: [Double])]
  /// The number of bins.
  public var bins: Int
  /// What the heights are.
  public var scale: Scale
  /// Vertical lines with their labels, such as a mean.
  public var references: [(label: String, value: Double)]
  /// The preferred width in points.
  public var width: Double
  /// The preferred height in points.
  public var height: Double

  /// Makes a plot.
  ///
  /// **Traps**: on less than one bin.
  public init(
    _ title: String, axis: Axis, series: [(name: String, values: [Double])], bins: Int = 30, scale: Scale = .count,
    references: [(label: String, value: Double)] = [], width: Double = 560, height: Double = 360
  ) {
    precondition(bins > 0, "HistogramPlot: \(bins) bins were asked for; at least 1 is needed")
    self.title = title
    self.axis = axis
    self.series = series
    self.bins = bins
    self.scale = scale
    self.references = references
    self.width = width
    self.height = height
  }

  /// The width and the height that were asked for.
  public var preferredSize: (width: Double, height: Double) { (width, height) }

  /// The bounds of the bins, one more than there are bins: equally spaced, on a logarithmic axis by ratio.
  public var edges: [Double] {
    let range = axis.range ?? dataRange
    return (0...bins).map { axis.value(at: Double($0) / Double(bins), in: range) }
  }

  /// The height of each bin of each series; the last bin holds its upper bound too.
  public var heights: [[Double]] {
    let edges = edges
    let range = edges[0]...edges[bins]
    return series.map { _, values in
      var counts = [Double](repeating: 0, count: bins)
      for value in values where value.isFinite && range.contains(value) {
        counts[min(bins - 1, Int(axis.fraction(value, in: range) * Double(bins)))] += 1
      }
      let total = counts.reduce(0, +)
      guard scale != .count, total > 0 else { return counts }
      return counts.enumerated().map { i, count in
        scale == .share ? count / total : count / (total * (edges[i + 1] - edges[i]))
      }
    }
  }

  /// Draws axes, bins and legend.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let (edges, heights) = (edges, heights)
    let label =
      switch scale {
      case .count: "count"
      case .share: "share"
      case .density: "density"
      }
    let highest = heights.flatMap(\.self).max() ?? 0
    let frame = PlotFrame(
      title: title, xAxis: axis, yAxis: Axis(label), xRange: edges[0]...edges[bins],
      yRange: 0...(highest > 0 ? 1.05 * highest : 1),
      legend: series.enumerated().map { Legend.Entry(name: $1.name, color: color($0), symbol: .box) }
        + Legend.entries(of: references), on: canvas, in: rectangle)
    frame.drawData(on: canvas) {
      var outlines: [[(x: Double, y: Double)]] = []
      for heights in heights {
        var outline = [frame.place(edges[0], 0)]
        for (i, height) in heights.enumerated() {
          outline += [frame.place(edges[i], height), frame.place(edges[i + 1], height)]
        }
        outlines.append(outline + [frame.place(edges[bins], 0)])
      }
      for (index, outline) in outlines.enumerated() { canvas.polygon(outline, color(index).withAlpha(0.25)) }
      for (index, outline) in outlines.enumerated() { canvas.line(outline, color(index), width: 1.5) }
      frame.drawReferences(references, isVertical: true, on: canvas)
    }
  }

  private func color(_ index: Int) -> Color { Color.series[index % Color.series.count] }

  /// From the smallest to the largest value, never empty.
  private var dataRange: ClosedRange<Double> {
    let values = series.flatMap(\.values).filter { $0.isFinite && (!axis.isLogarithmic || $0 > 0) }
    guard let low = values.min(), let high = values.max(), low < high else { return axis.resolvedRange(for: values) }
    return low...high
  }
}
