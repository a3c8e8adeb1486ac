/// An axis-parallel rectangle; y grows downwards, as on a page.
public struct Rectangle: Hashable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The width.
  public var width: Double
  /// The height.
  public var height: Double

  /// Makes a rectangle.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The bottom edge.
  public var maxY: Double { y + height }
  /// The middle between left and right.
  public var midX: Double { x + width / 2 }
  /// The middle between top and bottom.
  public var midY: Double { y + height / 2 }

  /// The rectangle without a margin on each side.
  public func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Rectangle {
    Rectangle(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }

  /// The cells of a regular grid, row by row.
  public func cells(rows: Int, columns: Int, gap: Double = 0) -> [Rectangle] {
    let w = (width - gap * Double(columns - 1)) / Double(columns)
    let h = (height - gap * Double(rows - 1)) / Double(rows)
    return (0..<rows * columns).map { i in
      Rectangle(
        x: x + Double(i % columns) * (w + gap), y: y + Double(i / columns) * (h + gap), width: w, height: h)
    }
  }
}
