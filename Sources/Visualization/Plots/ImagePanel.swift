/// A plane of values through a color map, with a caption.
public struct ImagePanel: Drawing, Sendable {
  /// The text below the picture.
  public var caption: String
  /// The numbers that are shown.
  public var field: ScalarField
  /// The colors of the numbers.
  public var map: ColorMap
  /// The values at the ends of the color map; nil takes the field's own.
  public var range: ClosedRange<Double>?
  /// Vectors drawn over the image; see ``VectorField``.
  public var arrows: VectorField?
  /// Whether only the inscribed disc is drawn, for images that turn.
  public var isDisc: Bool
  /// The edge of the picture in points.
  public var side: Double
  /// What the colors mean, with the unit, beside a bar of them to the right; nil for no bar.
  public var colorBar: String?

  /// Makes a panel.
  public init(
    _ caption: String, _ field: ScalarField, map: ColorMap = .viridis, range: ClosedRange<Double>? = nil,
    arrows: VectorField? = nil, isDisc: Bool = false, side: Double = 180, colorBar: String? = nil
  ) {
    self.caption = caption
    self.field = field
    self.map = map
    self.range = range
    self.arrows = arrows
    self.isDisc = isDisc
    self.side = side
    self.colorBar = colorBar
  }

  /// The picture with its caption and color bar.
  public var preferredSize: (width: Double, height: Double) { (side + 8 + (bar?.preferredSize.width ?? 0), side + 28) }

  private var bar: ColorBar? { colorBar.map { ColorBar($0, range: range ?? field.range, map: map, height: side) } }

  /// Draws the picture and its caption.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let barWidth = bar?.preferredSize.width ?? 0
    canvas.text(caption, x: rectangle.midX - barWidth / 2, y: rectangle.y + 15, size: 11, align: .center)
    let room = rectangle.inset(left: 4, top: 22, right: 4 + barWidth, bottom: 4)
    let scale = min(room.width / Double(field.width), room.height / Double(field.height))
    let (w, h) = (scale * Double(field.width), scale * Double(field.height))
    let frame = Rectangle(x: room.midX - w / 2, y: room.midY - h / 2, width: w, height: h)
    let content = {
      canvas.image(field, in: frame, map: map, range: range)
      arrows?.draw(on: canvas, in: frame)
    }
    if isDisc {
      canvas.clipped(toDiscIn: frame, content)
    } else {
      canvas.clipped(to: frame, content)
      canvas.stroke(frame, Color(hex: 0x999999), width: 0.6)
    }
    bar?.draw(on: canvas, in: Rectangle(x: frame.maxX, y: frame.y, width: barWidth, height: frame.height))
  }
}
