/// Bars beside each other, grouped by category, with error bars and a legend.
public struct BarPlot: Drawing, Sendable {
  /// The heading.
  public var title: String
  /// The names of the groups of bars.
  public var categories: [String]
  /// What the categories are; may be empty.
  public var categoryLabel: String
  /// The axis of the values; bars begin at 0, or where its range does.
  public var valueAxis: Axis
  /// The bars, one series a color.
  public var series: [Bars]
  /// Lines across the bars with their labels, such as published numbers.
  public var references: [(label: String, value: Double)]
  /// Whether bars lie on their side, which leaves room for long names.
  public var isHorizontal: Bool
  /// The preferred width in points.
  public var width: Double
  /// The preferred height in points.
  public var height: Double

  /// Makes a plot.
  ///
  /// **Traps**: unless each series has a value for each category.
  public init(
    _ title: String, categories: [String], categoryLabel: String = "", valueAxis: Axis, series: [Bars],
    references: [(label: String, value: Double)] = [], isHorizontal: Bool = false, width: Double = 560,
    height: Double = 360
  ) {
    for bars in series {
      precondition(
        bars.values.count == categories.count,
        "BarPlot: \"\(bars.name)\" has \(bars.values.count) values for \(categories.count) categories")
    }
    self.title = title
    self.categories = categories
    self.categoryLabel = categoryLabel
    self.valueAxis = valueAxis
    self.series = series
    self.references = references
    self.isHorizontal = isHorizontal
    self.width = width
    self.height = height
  }

  /// The width and the height that were asked for.
  public var preferredSize: (width: Double, height: Double) { (width, height) }

  /// Draws axes, bars and legend.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let range = valueRange
    let base = valueAxis.isLogarithmic ? range.lowerBound : min(max(0, range.lowerBound), range.upperBound)
    let names = Axis.categories(categoryLabel, categories, isReversed: isHorizontal)
    let across = names.resolvedRange(for: [])
    let frame = PlotFrame(
      title: title, xAxis: isHorizontal ? valueAxis : names, yAxis: isHorizontal ? names : valueAxis,
      xRange: isHorizontal ? range : across, yRange: isHorizontal ? across : range,
      legend: series.enumerated().map { Legend.Entry(name: $1.name, color: color($0), symbol: .box) }
        + Legend.entries(of: references), on: canvas, in: rectangle)
    func place(_ position: Double, _ value: Double) -> (x: Double, y: Double) {
      isHorizontal ? frame.place(value, position) : frame.place(position, value)
    }
    let barWidth = 0.8 / Double(max(series.count, 1))
    canvas.clipped(to: frame.area) {
      for (index, bars) in series.enumerated() {
        for (category, value) in bars.values.enumerated() where value.isFinite {
          let center = self.center(category, index, barWidth)
          let from = place(center - 0.46 * barWidth, base)
          let to = place(center + 0.46 * barWidth, max(value, valueAxis.isLogarithmic ? base : value))
          canvas.fill(
            Rectangle(
              x: min(from.x, to.x), y: min(from.y, to.y), width: abs(to.x - from.x), height: abs(to.y - from.y)),
            color(index))
        }
      }
      for (index, bars) in series.enumerated() {
        for (category, (value, error)) in zip(bars.values, bars.errors).enumerated() where value.isFinite {
          let center = self.center(category, index, barWidth)
          frame.drawError(
            isHorizontal ? value : center, isHorizontal ? center : value, error, isVertical: !isHorizontal, on: canvas)
        }
      }
      frame.drawReferences(references, isVertical: isHorizontal, on: canvas)
    }
  }

  private func color(_ index: Int) -> Color {
    Color.series[(series[index].colorIndex ?? index) % Color.series.count]
  }

  /// The position of a bar along the axis of categories; of bars on their side, the first series is on top.
  private func center(_ category: Int, _ index: Int, _ barWidth: Double) -> Double {
    let offset = (Double(index) - Double(series.count - 1) / 2) * barWidth
    return isHorizontal ? Double(categories.count - 1 - category) - offset : Double(category) + offset
  }

  /// The range from zero, where bars begin, to beyond the last error bar.
  private var valueRange: ClosedRange<Double> {
    if let range = valueAxis.range { return range }
    var values = references.map(\.value)
    for bars in series {
      for (i, value) in bars.values.enumerated() {
        let error = i < bars.errors.count && bars.errors[i].isFinite ? bars.errors[i] : 0
        values += [value - error, value + error]
      }
    }
    if valueAxis.isLogarithmic { return valueAxis.resolvedRange(for: values) }
    let finite = values.filter(\.isFinite)
    let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 1))
    guard low < high else { return 0...1 }
    let room = 0.05 * (high - low)
    return (low < 0 ? low - room : 0)...(high > 0 ? high + room : 0)
  }
}
