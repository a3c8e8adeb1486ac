/// The shape of a point: series differ in shape as well as in color, for readers and printers without colors.
enum Marker: CaseIterable {
  case circle, square, triangle, diamond

  /// The shape of a plot's series, by its position.
  init(at index: Int) { self = Self.allCases[index % Self.allCases.count] }

  func draw(on canvas: Canvas, x: Double, y: Double, radius r: Double = 3, color: Color) {
    switch self {
    case .circle: canvas.circle(x: x, y: y, radius: r, color)
    case .square: canvas.fill(Rectangle(x: x - 0.9 * r, y: y - 0.9 * r, width: 1.8 * r, height: 1.8 * r), color)
    case .triangle: canvas.polygon([(x, y - 1.2 * r), (x + 1.1 * r, y + 0.8 * r), (x - 1.1 * r, y + 0.8 * r)], color)
    case .diamond: canvas.polygon([(x, y - 1.3 * r), (x + 1.3 * r, y), (x, y + 1.3 * r), (x - 1.3 * r, y)], color)
    }
  }
}
