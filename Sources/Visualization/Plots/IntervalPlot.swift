/// Horizontal bars over intervals, one row a thing and one color a series: the support of each layer of several networks.
public struct IntervalPlot: Drawing, Sendable {
  /// The heading.
  public var title: String
  /// The names of the rows, from the top.
  public var rows: [String]
  /// The axis along which the intervals lie; `Axis.angle(_:)` for rotations.
  public var axis: Axis
  /// The intervals, one series a color.
  public var series: [Intervals]
  /// Vertical lines with their labels, such as the range that is true of the data.
  public var references: [(label: String, value: Double)]
  /// The preferred width in points.
  public var width: Double
  /// The preferred height in points.
  public var height: Double

  /// Makes a plot; without a height, each bar gets the same room.
  ///
  /// **Traps**: unless each series has an entry for each row.
  public init(
    _ title: String, rows: [String], axis: Axis, series: [Intervals], references: [(label: String, value: Double)] = [],
    width: Double = 560, height: Double? = nil
  ) {
    for intervals in series {
      precondition(
        intervals.ranges.count == rows.count,
        "IntervalPlot: \"\(intervals.name)\" has \(intervals.ranges.count) intervals for \(rows.count) rows")
    }
    self.title = title
    self.rows = rows
    self.axis = axis
    self.series = series
    self.references = references
    self.width = width
    self.height = height ?? 110 + Double(rows.count) * (12 + 11 * Double(max(series.count, 1)))
  }

  /// The width and the height that were asked for.
  public var preferredSize: (width: Double, height: Double) { (width, height) }

  /// Draws axes, bars and legend.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let range = axis.resolvedRange(
      for: series.flatMap { $0.ranges.compactMap(\.self).flatMap { [$0.lowerBound, $0.upperBound] } }
        + references.map(\.value))
    let names = Axis.categories("", rows, isReversed: true)
    let frame = PlotFrame(
      title: title, xAxis: axis, yAxis: names, xRange: range, yRange: names.resolvedRange(for: []),
      legend: series.enumerated().map { Legend.Entry(name: $1.name, color: color($0), symbol: .box) }
        + Legend.entries(of: references), on: canvas, in: rectangle)
    let room = 0.8 / Double(max(series.count, 1))
    canvas.clipped(to: frame.area) {
      // A pale line between rows, since the bars of one row belong together.
      for row in rows.indices.dropFirst() {
        let y = frame.place(range.lowerBound, Double(row) - 0.5).y
        canvas.line([(frame.area.x, y), (frame.area.maxX, y)], .grid, width: 0.7)
      }
      for (index, intervals) in series.enumerated() {
        for (row, interval) in intervals.ranges.enumerated() {
          guard let interval, interval.lowerBound.isFinite, interval.upperBound.isFinite else { continue }
          let center = Double(rows.count - 1 - row) - (Double(index) - Double(series.count - 1) / 2) * room
          let from = frame.place(interval.lowerBound, center + 0.4 * room)
          let to = frame.place(interval.upperBound, center - 0.4 * room)
          // An interval that has shrunk to a point still leaves a mark.
          let width = max(to.x - from.x, 2)
          canvas.fill(
            Rectangle(x: (from.x + to.x - width) / 2, y: from.y, width: width, height: to.y - from.y), color(index))
        }
      }
      frame.drawReferences(references, isVertical: true, on: canvas)
    }
  }

  private func color(_ index: Int) -> Color {
    Color.series[(series[index].colorIndex ?? index) % Color.series.count]
  }
}
