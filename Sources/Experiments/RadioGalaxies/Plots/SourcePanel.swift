internal import Foundation
public import Visualization

/// One radio source with a caption, a scale and, if wanted, a circle about the middle.
public struct SourcePanel: Drawing {
  /// The lines above the picture.
  public let lines: [String]
  /// The image.
  public let image: ScalarField
  /// The radius of a white circle in pixels of the image; nil for none.
  public let circle: Double?
  /// The edge of the picture in points.
  public let side: Double

  /// Makes a panel.
  public init(_ lines: [String], image: ScalarField, circle: Double? = nil, side: Double = 150) {
    self.lines = lines
    self.image = image
    self.circle = circle
    self.side = side
  }

  private var top: Double { 6 + 14 * Double(lines.count) }

  /// The picture with its lines.
  public var preferredSize: (width: Double, height: Double) { (side + 12, top + side + 10) }

  /// Draws lines, picture and circle.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    for (index, line) in lines.enumerated() {
      canvas.text(line, x: rectangle.midX, y: rectangle.y + 13 + 14 * Double(index), size: 10, align: .center)
    }
    let frame = Rectangle(x: rectangle.midX - side / 2, y: rectangle.y + top + 4, width: side, height: side)
    canvas.image(image, in: frame, map: .heat)
    if let circle {
      let radius = circle * side / Double(image.width)
      let points = (0...96).map { step -> (x: Double, y: Double) in
        let angle = 2 * Double.pi * Double(step) / 96
        return (frame.midX + radius * cos(angle), frame.midY + radius * sin(angle))
      }
      canvas.clipped(to: frame) { canvas.line(points, .white, width: 1.4) }
    }
    canvas.stroke(frame, Color(hex: 0x999999), width: 0.6)
  }
}
