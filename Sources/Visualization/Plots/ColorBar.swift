/// The colors of a color map from its lowest to its highest value, with numbers beside them.
public struct ColorBar: Drawing, Sendable {
  /// What the values are, with their unit; may be empty.
  public var label: String
  /// The values at both ends.
  public var range: ClosedRange<Double>
  /// The colors.
  public var map: ColorMap
  /// The preferred height in points.
  public var height: Double

  /// Makes a bar.
  public init(_ label: String, range: ClosedRange<Double>, map: ColorMap = .viridis, height: Double = 180) {
    self.label = label
    self.range = range
    self.map = map
    self.height = height
  }

  /// Room for the bar, its numbers and its label.
  public var preferredSize: (width: Double, height: Double) { (label.isEmpty ? 54 : 68, height) }

  /// Draws the colors from the bottom up, numbers to the right of them.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let bar = Rectangle(x: rectangle.x + 6, y: rectangle.y, width: 11, height: rectangle.height)
    let steps = ScalarField(width: 1, height: 256, values: (0..<256).map { Double(255 - $0) })
    canvas.image(steps, in: bar, map: map, range: 0...255)
    canvas.stroke(bar, Color(hex: 0x999999), width: 0.6)
    // A constant image has one value, which stands for the lower end.
    guard range.lowerBound < range.upperBound else {
      canvas.text(String(describing: range.lowerBound), x: bar.maxX + 5, y: bar.maxY, size: 9)
      return
    }
    let axis = Axis(label, range: range)
    var widest = 0.0
    for tick in axis.resolvedTicks(in: range) {
      let y = bar.maxY - axis.fraction(tick, in: range) * bar.height
      canvas.line([(bar.maxX, y), (bar.maxX + 3, y)], Color(hex: 0x999999), width: 0.8)
      // Numbers of the ends stay inside.
      let baseline = min(max(y + 3.2, bar.y + 6.5), bar.maxY)
      let text = axis.text(tick, in: range)
      canvas.text(text, x: bar.maxX + 5, y: baseline, size: 9)
      widest = max(widest, canvas.width(of: text, size: 9))
    }
    let x = min(bar.maxX + 5 + widest + 13, rectangle.maxX - 3)
    canvas.rotated(by: .pi / 2, aboutX: x, y: bar.midY) {
      canvas.text(label, x: x, y: bar.midY, size: 10, align: .center)
    }
  }
}
