/// What plots over two axes have in common: heading, legend, axes with their grid, and the place of each value.
struct PlotFrame {
  /// The rectangle that the axes enclose.
  let area: Rectangle
  let xRange: ClosedRange<Double>
  let yRange: ClosedRange<Double>
  private let xAxis: Axis
  private let yAxis: Axis

  /// Lays the plot out and draws everything that is not data.
  init(
    title: String, xAxis: Axis, yAxis: Axis, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>,
    legend entries: [Legend.Entry], on canvas: Canvas, in rectangle: Rectangle
  ) {
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.xRange = xRange
    self.yRange = yRange
    let xTicks = xAxis.resolvedTicks(in: xRange).map { (value: $0, text: xAxis.text($0, in: xRange)) }
    let yTicks = yAxis.resolvedTicks(in: yRange).map { (value: $0, text: yAxis.text($0, in: yRange)) }
    let legend = Legend(entries, fitting: rectangle.width - 40, on: canvas)
    let yWidth = yTicks.map { canvas.width(of: $0.text, size: 10) }.max() ?? 0
    let xWidths = xTicks.map { canvas.width(of: $0.text, size: 10) }
    var room = rectangle.inset(
      left: yWidth + (yAxis.label.isEmpty ? 16 : 36), top: (title.isEmpty ? 14 : 34) + legend.height,
      right: max(18, (xWidths.last ?? 0) / 2 + 4), bottom: xAxis.label.isEmpty ? 26 : 44)
    // Names that would run into each other are slanted, and the plot makes room for them below and on the left.
    let places = xTicks.map { xAxis.fraction($0.value, in: xRange) }
    let spacing = (zip(places, places.dropFirst()).map { $1 - $0 }.min() ?? 1) * room.width
    let isSlanted = (xWidths.max() ?? 0) > spacing - 4
    if isSlanted {
      room.height -= 0.5 * (xWidths.max() ?? 0)
      let missing = zip(xWidths, places).map { 0.87 * $0 + 8 - (room.x - rectangle.x) - $1 * room.width }.max() ?? 0
      room = room.inset(left: max(0, missing))
    }
    area = room

    if !title.isEmpty {
      let size = min(13, 13 * (rectangle.width - 12) / max(canvas.width(of: title, size: 13, bold: true), 1))
      canvas.text(title, x: rectangle.midX, y: rectangle.y + 20, size: size, align: .center, bold: true)
    }
    legend.draw(on: canvas, centerX: rectangle.midX, top: rectangle.y + (title.isEmpty ? 16 : 36))
    for (tick, text) in xTicks {
      let x = area.x + xAxis.fraction(tick, in: xRange) * area.width
      if xAxis.showsGrid { canvas.line([(x, area.y), (x, area.maxY)], .grid, width: 0.7) }
      if isSlanted {
        canvas.rotated(by: .pi / 6, aboutX: x, y: area.maxY + 12) {
          canvas.text(text, x: x + 4, y: area.maxY + 12, size: 10, align: .right)
        }
      } else {
        canvas.text(text, x: x, y: area.maxY + 14, size: 10, align: .center)
      }
    }
    for (tick, text) in yTicks {
      let y = area.maxY - yAxis.fraction(tick, in: yRange) * area.height
      if yAxis.showsGrid { canvas.line([(area.x, y), (area.maxX, y)], .grid, width: 0.7) }
      canvas.text(text, x: area.x - 6, y: y + 3.5, size: 10, align: .right)
    }
    canvas.stroke(area, Color(hex: 0x999999), width: 0.8)
    canvas.text(xAxis.label, x: area.midX, y: rectangle.maxY - 10, size: 11, align: .center)
    canvas.rotated(by: .pi / 2, aboutX: rectangle.x + 16, y: area.midY) {
      canvas.text(yAxis.label, x: rectangle.x + 16, y: area.midY, size: 11, align: .center)
    }
  }

  /// The point of the canvas where a pair of values lies.
  func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    (
      area.x + xAxis.fraction(x, in: xRange) * area.width,
      area.maxY - yAxis.fraction(y, in: yRange) * area.height
    )
  }

  /// Draws data, clipped to the axes with a small margin for dots on them.
  func drawData(on canvas: Canvas, _ body: () -> Void) {
    canvas.clipped(to: area.inset(left: -4, top: -4, right: -4, bottom: -4), body)
  }

  /// A dashed line at a value of the vertical axis, with its name.
  func drawReference(_ label: String, y value: Double, on canvas: Canvas) {
    let y = place(xRange.lowerBound, value).y
    canvas.line([(area.x, y), (area.maxX, y)], Color(hex: 0x888888), width: 1, dashes: [3, 3])
    canvas.text(label, x: area.maxX - 4, y: y - 4, size: 9, Color(hex: 0x666666), align: .right)
  }

  /// Dashed lines across the plot; their names belong into the legend, see `Legend.entries(of:)`.
  func drawReferences(_ references: [(label: String, value: Double)], isVertical: Bool, on canvas: Canvas) {
    let patterns = Legend.patterns(of: references)
    for (reference, dashes) in zip(references, patterns) {
      let (x, y) = place(
        isVertical ? reference.value : xRange.lowerBound, isVertical ? yRange.lowerBound : reference.value)
      let line = isVertical ? [(x, area.y), (x, area.maxY)] : [(area.x, y), (area.maxX, y)]
      canvas.line(line, Legend.referenceColor, width: 1.2, dashes: dashes)
    }
  }

  /// A symmetric error bar with caps around a point.
  func drawError(
    _ x: Double, _ y: Double, _ error: Double, isVertical: Bool, on canvas: Canvas, color: Color = .ink
  ) {
    guard error.isFinite, error > 0 else { return }
    let cap = 3.0
    func end(_ value: Double) -> (x: Double, y: Double) {
      let axis = isVertical ? yAxis : xAxis
      let range = isVertical ? yRange : xRange
      let clamped = axis.isLogarithmic ? max(value, range.lowerBound) : value
      return isVertical ? place(x, clamped) : place(clamped, y)
    }
    let center = isVertical ? y : x
    let (low, high) = (end(center - error), end(center + error))
    canvas.line([low, high], color, width: 1)
    for point in [low, high] {
      let (dx, dy) = isVertical ? (cap, 0) : (0, cap)
      canvas.line([(point.x - dx, point.y - dy), (point.x + dx, point.y + dy)], color, width: 1)
    }
  }
}
