/// Lines with optional bands over common axes, with a legend.
public struct LinePlot: Drawing, Sendable {
  /// The heading.
  public var title: String
  /// The horizontal axis.
  public var xAxis: Axis
  /// The vertical axis.
  public var yAxis: Axis
  /// The lines.
  public var series: [Series]
  /// Horizontal reference lines with their labels, such as the accuracy of guessing.
  public var references: [(label: String, y: Double)]
  /// The preferred width in points.
  public var width: Double
  /// The preferred height in points.
  public var height: Double

  /// Makes a plot.
  public init(
    _ title: String, xAxis: Axis, yAxis: Axis, series: [Series], references: [(label: String, y: Double)] = [],
    width: Double = 560, height: Double = 360
  ) {
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
    self.references = references
    self.width = width
    self.height = height
  }

  /// The width and the height that were asked for.
  public var preferredSize: (width: Double, height: Double) { (width, height) }

  /// Draws axes, lines and legend.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let xRange = xAxis.resolvedRange(for: series.flatMap(\.x))
    let yRange = yAxis.resolvedRange(
      for: series.flatMap { $0.y + ($0.band?.lower ?? []) + ($0.band?.upper ?? []) } + references.map(\.y))
    let frame = PlotFrame(
      title: title, xAxis: xAxis, yAxis: yAxis, xRange: xRange, yRange: yRange,
      legend: series.enumerated().map {
        Legend.Entry(name: $1.name, color: color($0), symbol: .line(dashes: $1.dashes))
      },
      on: canvas, in: rectangle)
    frame.drawData(on: canvas) {
      for reference in references { frame.drawReference(reference.label, y: reference.y, on: canvas) }
      for (index, line) in series.enumerated() {
        guard let band = line.band else { continue }
        let upper = zip(line.x, band.upper).filter { $1.isFinite }.map { frame.place($0, $1) }
        let lower = zip(line.x, band.lower).filter { $1.isFinite }.map { frame.place($0, $1) }
        canvas.polygon(upper + lower.reversed(), color(index).withAlpha(0.18))
      }
      for (index, line) in series.enumerated() {
        let points = zip(line.x, line.y).filter { $1.isFinite && (!yAxis.isLogarithmic || $1 > 0) }.map {
          frame.place($0, $1)
        }
        canvas.line(points, color(index), width: 1.8, dashes: line.dashes)
        if line.showsPoints || points.count == 1 {
          for point in points { canvas.circle(x: point.x, y: point.y, radius: 2.6, color(index)) }
        }
      }
    }
  }

  private func color(_ index: Int) -> Color {
    Color.series[(series[index].colorIndex ?? index) % Color.series.count]
  }
}
