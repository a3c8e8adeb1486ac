internal import Foundation

/// One image at several angles, side by side, with the angle above and optionally a value below each.
///
/// **Units**: radians, counter-clockwise; captions are degrees.
public struct RotationStrip: Drawing, Sendable {
  /// The heading; may be empty.
  public var title: String
  /// The picture at each angle.
  public var images: [ScalarField]
  /// The angle of each picture.
  public var angles: [Double]
  /// A line under each picture, such as a probability; empty for none.
  public var values: [String]
  /// The colors of the numbers.
  public var map: ColorMap
  /// The values at the ends of the color map, common to all; nil takes the smallest and largest.
  public var range: ClosedRange<Double>?
  /// The edge of a picture in points.
  public var side: Double
  /// By how much each picture is turned as it is drawn.
  private var turns: [Double]

  /// Makes a strip of pictures that are turned already, as a network sees them.
  ///
  /// **Traps**: unless there is an angle for each picture, and a value for each or none.
  public init(
    _ title: String = "", images: [ScalarField], angles: [Double], values: [String] = [], map: ColorMap = .gray,
    range: ClosedRange<Double>? = nil, side: Double = 72
  ) {
    precondition(
      images.count == angles.count && (values.isEmpty || values.count == angles.count),
      "RotationStrip: \(images.count) pictures, \(angles.count) angles and \(values.count) values were given")
    self.title = title
    self.images = images
    self.angles = angles
    self.values = values
    self.map = map
    self.range = range
    self.side = side
    turns = images.map { _ in 0 }
  }

  /// Makes a strip of one picture, turned as it is drawn, inside of its disk.
  ///
  /// **Traps**: unless there is a value for each angle, or none.
  public init(
    _ title: String = "", of image: ScalarField, angles: [Double], values: [String] = [], map: ColorMap = .gray,
    range: ClosedRange<Double>? = nil, side: Double = 72
  ) {
    self.init(
      title, images: angles.map { _ in image }, angles: angles, values: values, map: map, range: range, side: side)
    turns = angles
  }

  /// Room for all pictures in a row.
  public var preferredSize: (width: Double, height: Double) {
    (
      16 + Double(images.count) * (side + Self.gap) - Self.gap,
      (title.isEmpty ? 6 : 30) + 16 + side + (values.isEmpty ? 8 : 22)
    )
  }

  private static let gap = 6.0

  /// Draws pictures, angles and values.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    if !title.isEmpty {
      canvas.text(title, x: rectangle.midX, y: rectangle.y + 20, size: 13, align: .center, bold: true)
    }
    let ranges = images.map(\.range)
    let shared =
      range ?? (ranges.map(\.lowerBound).min() ?? 0)...(ranges.map(\.upperBound).max() ?? 1)
    let top = rectangle.y + (title.isEmpty ? 6 : 30)
    for (i, image) in images.enumerated() {
      let x = rectangle.x + 8 + Double(i) * (side + Self.gap)
      let frame = Rectangle(x: x, y: top + 16, width: side, height: side)
      canvas.text(Self.degrees(angles[i]), x: frame.midX, y: top + 11, size: 10, align: .center)
      if turns.contains(where: { $0 != 0 }) {
        canvas.clipped(toDiscIn: frame) {
          canvas.rotated(by: turns[i], aboutX: frame.midX, y: frame.midY) {
            canvas.image(image, in: frame, map: map, range: shared)
          }
        }
      } else {
        canvas.image(image, in: frame, map: map, range: shared)
        canvas.stroke(frame, Color(hex: 0x999999), width: 0.6)
      }
      if !values.isEmpty { canvas.text(values[i], x: frame.midX, y: frame.maxY + 14, size: 10, align: .center) }
    }
  }

  private static func degrees(_ radians: Double) -> String {
    let value = (radians * 1800 / .pi).rounded() / 10
    return value == value.rounded() ? "\(Int(value))°" : "\(value)°"
  }
}
