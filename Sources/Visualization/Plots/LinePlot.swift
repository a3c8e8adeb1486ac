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
    let yTicks = yAxis.resolvedTicks(in: yRange)
    let tickWidth = yTicks.map { canvas.width(of: yAxis.text($0, among: yTicks), size: 10) }.max() ?? 0
    let legendRows = legendLayout(canvas, width: rectangle.width - 40)
    let plot = rectangle.inset(
      left: tickWidth + 36, top: 34 + 16 * Double(legendRows.count), right: 18, bottom: 44)

    canvas.text(title, x: rectangle.midX, y: rectangle.y + 20, size: 13, align: .center, bold: true)
    drawAxes(on: canvas, plot: plot, xRange: xRange, yRange: yRange, yTicks: yTicks, left: rectangle.x)
    drawLegend(legendRows, on: canvas, centerX: rectangle.midX, top: rectangle.y + 36)

    func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
      (plot.x + xAxis.fraction(x, in: xRange) * plot.width, plot.maxY - yAxis.fraction(y, in: yRange) * plot.height)
    }
    canvas.clipped(to: plot.inset(left: -4, top: -4, right: -4, bottom: -4)) {
      for reference in references {
        let y = place(xRange.lowerBound, reference.y).y
        canvas.line([(plot.x, y), (plot.maxX, y)], Color(hex: 0x888888), width: 1, dashes: [3, 3])
        canvas.text(reference.label, x: plot.maxX - 4, y: y - 4, size: 9, Color(hex: 0x666666), align: .right)
      }
      for (index, line) in series.enumerated() {
        guard let band = line.band else { continue }
        let upper = zip(line.x, band.upper).filter { $1.isFinite }.map { place($0, $1) }
        let lower = zip(line.x, band.lower).filter { $1.isFinite }.map { place($0, $1) }
        canvas.polygon(upper + lower.reversed(), color(index).withAlpha(0.18))
      }
      for (index, line) in series.enumerated() {
        let points = zip(line.x, line.y).filter { $1.isFinite && (!yAxis.isLogarithmic || $1 > 0) }.map {
          place($0, $1)
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

  private func drawAxes(
    on canvas: Canvas, plot: Rectangle, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, yTicks: [Double],
    left: Double
  ) {
    let xTicks = xAxis.resolvedTicks(in: xRange)
    for tick in xTicks {
      let x = plot.x + xAxis.fraction(tick, in: xRange) * plot.width
      canvas.line([(x, plot.y), (x, plot.maxY)], .grid, width: 0.7)
      canvas.text(xAxis.text(tick, among: xTicks), x: x, y: plot.maxY + 14, size: 10, align: .center)
    }
    for tick in yTicks {
      let y = plot.maxY - yAxis.fraction(tick, in: yRange) * plot.height
      canvas.line([(plot.x, y), (plot.maxX, y)], .grid, width: 0.7)
      canvas.text(yAxis.text(tick, among: yTicks), x: plot.x - 6, y: y + 3.5, size: 10, align: .right)
    }
    canvas.stroke(plot, Color(hex: 0x999999), width: 0.8)
    canvas.text(xAxis.label, x: plot.midX, y: plot.maxY + 34, size: 11, align: .center)
    canvas.rotated(by: .pi / 2, aboutX: left + 16, y: plot.midY) {
      canvas.text(yAxis.label, x: left + 16, y: plot.midY, size: 11, align: .center)
    }
  }

  /// Legend entries broken into rows that fit the width.
  private func legendLayout(_ canvas: Canvas, width: Double) -> [[(index: Int, width: Double)]] {
    guard series.count > 1 || series.first?.name.isEmpty == false else { return [] }
    var rows: [[(index: Int, width: Double)]] = [[]]
    var used = 0.0
    for (index, line) in series.enumerated() {
      let entry = canvas.width(of: line.name, size: 10) + 44
      if used + entry > width, !rows[rows.count - 1].isEmpty {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append((index, entry))
      used += entry
    }
    return rows
  }

  private func drawLegend(
    _ rows: [[(index: Int, width: Double)]], on canvas: Canvas, centerX: Double, top: Double
  ) {
    for (row, entries) in rows.enumerated() {
      var x = centerX - entries.reduce(0) { $0 + $1.width } / 2
      let y = top + 16 * Double(row)
      for entry in entries {
        canvas.line([(x, y - 3), (x + 22, y - 3)], color(entry.index), width: 2.2, dashes: series[entry.index].dashes)
        canvas.text(series[entry.index].name, x: x + 27, y: y, size: 10)
        x += entry.width
      }
    }
  }
}
