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
  /// Arrows drawn over the image; see ``VectorField``.
  public var arrows: VectorField?
  /// Whether only the inscribed disc is drawn, for images that turn.
  public var isDisc: Bool
  /// The edge of the picture in points.
  public var side: Double

  /// Makes a panel.
  public init(
    _ caption: String, _ field: ScalarField, map: ColorMap = .viridis, range: ClosedRange<Double>? = nil,
    arrows: VectorField? = nil, isDisc: Bool = false, side: Double = 180
  ) {
    self.caption = caption
    self.field = field
    self.map = map
    self.range = range
    self.arrows = arrows
    self.isDisc = isDisc
    self.side = side
  }

  /// The picture with its caption.
  public var preferredSize: (width: Double, height: Double) { (side + 8, side + 28) }

  /// Draws the picture and its caption.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    canvas.text(caption, x: rectangle.midX, y: rectangle.y + 15, size: 11, align: .center)
    let room = rectangle.inset(left: 4, top: 22, right: 4, bottom: 4)
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
  }
}
