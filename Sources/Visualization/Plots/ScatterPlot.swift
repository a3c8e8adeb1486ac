/// Points over two axes, series by color and shape, with error bars and optionally the line y = x.
public struct ScatterPlot: Drawing, Sendable {
  /// The heading.
  public var title: String
  /// The horizontal axis.
  public var xAxis: Axis
  /// The vertical axis.
  public var yAxis: Axis
  /// The points, one series a color and shape.
  public var series: [Points]
  /// The name of a dashed line y = x, where a prediction equals its target; nil for none.
  ///
  /// With it, both axes get one range, unless they have ranges of their own.
  public var identity: String?
  /// The preferred width in points.
  public var width: Double
  /// The preferred height in points.
  public var height: Double

  /// Makes a plot.
  public init(
    _ title: String, xAxis: Axis, yAxis: Axis, series: [Points], identity: String? = nil, width: Double = 420,
    height: Double = 400
  ) {
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
    self.identity = identity
    self.width = width
    self.height = height
  }

  /// The width and the height that were asked for.
  public var preferredSize: (width: Double, height: Double) { (width, height) }

  /// Draws axes, points and legend.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let xs = series.flatMap { Self.extent($0.x, $0.xErrors) }
    let ys = series.flatMap { Self.extent($0.y, $0.yErrors) }
    let xRange = xAxis.resolvedRange(for: identity == nil ? xs : xs + ys)
    let yRange = yAxis.resolvedRange(for: identity == nil ? ys : xs + ys)
    var legend = series.enumerated().map { index, points in
      Legend.Entry(name: points.name, color: color(index), symbol: .marker(Marker(at: index)))
    }
    if let identity {
      legend.append(Legend.Entry(name: identity, color: Self.lineColor, symbol: .line(dashes: [4, 3])))
    }
    let frame = PlotFrame(
      title: title, xAxis: xAxis, yAxis: yAxis, xRange: xRange, yRange: yRange, legend: legend, on: canvas,
      in: rectangle)
    if identity != nil {
      let (low, high) = (min(xRange.lowerBound, yRange.lowerBound), max(xRange.upperBound, yRange.upperBound))
      canvas.clipped(to: frame.area) {
        canvas.line([frame.place(low, low), frame.place(high, high)], Self.lineColor, width: 1, dashes: [4, 3])
      }
    }
    frame.drawData(on: canvas) {
      for (index, points) in series.enumerated() {
        for i in points.x.indices where isShown(points.x[i], xAxis) && isShown(points.y[i], yAxis) {
          let (x, y) = (points.x[i], points.y[i])
          let pale = color(index).withAlpha(0.6)
          if !points.xErrors.isEmpty {
            frame.drawError(x, y, points.xErrors[i], isVertical: false, on: canvas, color: pale)
          }
          if !points.yErrors.isEmpty {
            frame.drawError(x, y, points.yErrors[i], isVertical: true, on: canvas, color: pale)
          }
        }
      }
      for (index, points) in series.enumerated() {
        // Many points lie on each other: let the crowd be seen.
        let shade = color(index).withAlpha(points.x.count > 200 ? 0.35 : 0.9)
        for (x, y) in zip(points.x, points.y) where isShown(x, xAxis) && isShown(y, yAxis) {
          let point = frame.place(x, y)
          Marker(at: index).draw(on: canvas, x: point.x, y: point.y, color: shade)
        }
      }
    }
  }

  private static let lineColor = Color(hex: 0x777777)

  private func color(_ index: Int) -> Color {
    Color.series[(series[index].colorIndex ?? index) % Color.series.count]
  }

  private func isShown(_ value: Double, _ axis: Axis) -> Bool { value.isFinite && (!axis.isLogarithmic || value > 0) }

  /// Values with the ends of their error bars.
  private static func extent(_ values: [Double], _ errors: [Double]) -> [Double] {
    values + zip(values, errors).flatMap { [$0 - $1, $0 + $1] }
  }
}
