/// An axis-parallel rectangle; y grows downwards, as on a page.
public struct Rectangle: Hashable, Sendable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var maxX: Double { x + width }
  public var maxY: Double { y + height }
  public var midX: Double { x + width / 2 }
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
