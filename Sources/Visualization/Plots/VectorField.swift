/// Vectors on a regular grid, drawn as arrows or as curves that follow them; (x, y) components with y upwards, as the mathematics has it.
public struct VectorField: Sendable {
  /// How vectors are shown.
  public enum Style: Hashable, Sendable {
    /// An arrow at every `stride`-th grid point, whose length is that of the vector.
    case arrows
    /// Curves along the vectors, about `stride` pixels apart; they show directions, not lengths.
    case streamlines
  }

  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The horizontal parts, row by row.
  public let x: [Double]
  /// The vertical parts, row by row.
  public let y: [Double]
  /// How vectors are shown.
  public var style: Style
  /// Every how many grid points an arrow is drawn, or the distance of streamlines.
  public var stride: Int
  /// The length of vector that spans one stride; nil takes the longest.
  public var unit: Double?
  /// The color of the arrows.
  public var color: Color

  /// Makes a field from its components.
  ///
  /// **Traps**: unless both components hold `width * height` numbers.
  public init(
    width: Int, height: Int, x: [Double], y: [Double], style: Style = .arrows, stride: Int = 1,
    unit: Double? = nil, color: Color = Color(hex: 0xD55E00)
  ) {
    precondition(
      x.count == width * height && y.count == width * height,
      "VectorField: \(x.count) and \(y.count) components were given; \(width)x\(height) needs \(width * height) each")
    self.width = width
    self.height = height
    self.x = x
    self.y = y
    self.style = style
    self.stride = max(1, stride)
    self.unit = unit
    self.color = color
  }

  /// The length of the longest vector.
  public var longest: Double {
    zip(x, y).reduce(0) { max($0, ($1.0 * $1.0 + $1.1 * $1.1).squareRoot()) }
  }

  /// The length of each vector.
  public var magnitude: ScalarField {
    ScalarField(width: width, height: height, values: zip(x, y).map { ($0 * $0 + $1 * $1).squareRoot() })
  }

  func draw(on canvas: Canvas, in frame: Rectangle) {
    switch style {
    case .arrows: drawArrows(on: canvas, in: frame)
    case .streamlines: drawStreamlines(on: canvas, in: frame)
    }
  }

  private func drawStreamlines(on canvas: Canvas, in frame: Rectangle) {
    let scale = frame.width / Double(width)
    for curve in Streamlines(of: self, spacing: Double(stride)).curves {
      let points = curve.map { (x: frame.x + $0.x * scale, y: frame.y + $0.y * scale) }
      // A pale edge keeps the curve apart from any ground.
      canvas.line(points, Color.white.withAlpha(0.6), width: 2.8)
      canvas.line(points, color, width: 1.3)
      // One arrow head in the middle says which way the curve runs.
      let middle = points.count / 2
      guard middle > 0, middle < points.count else { continue }
      let (tail, tip) = (points[middle - 1], points[middle])
      let length = ((tip.x - tail.x) * (tip.x - tail.x) + (tip.y - tail.y) * (tip.y - tail.y)).squareRoot()
      guard length > 0 else { continue }
      let (ux, uy) = ((tip.x - tail.x) / length, (tip.y - tail.y) / length)
      let head = min(7, 0.9 * scale * Double(stride))
      canvas.polygon(
        [
          (tip.x + 0.5 * head * ux, tip.y + 0.5 * head * uy),
          (tip.x - 0.5 * head * ux - 0.45 * head * uy, tip.y - 0.5 * head * uy + 0.45 * head * ux),
          (tip.x - 0.5 * head * ux + 0.45 * head * uy, tip.y - 0.5 * head * uy - 0.45 * head * ux),
        ], color)
    }
  }

  private func drawArrows(on canvas: Canvas, in frame: Rectangle) {
    let unit = unit ?? longest
    guard unit > 0 else { return }
    let cell = frame.width / Double(width)
    let scale = cell * Double(stride) / unit
    // Starting at half the remainder keeps the arrows centered, so that a rotated grid meets itself.
    let firstColumn = ((width - 1) % stride) / 2
    let firstRow = ((height - 1) % stride) / 2
    for row in Swift.stride(from: firstRow, to: height, by: stride) {
      for column in Swift.stride(from: firstColumn, to: width, by: stride) {
        let (vx, vy) = (x[row * width + column] * scale, -y[row * width + column] * scale)
        let centerX = frame.x + (Double(column) + 0.5) * cell
        let centerY = frame.y + (Double(row) + 0.5) * cell
        canvas.arrow(x: centerX - vx / 2, y: centerY - vy / 2, dx: vx, dy: vy, color)
      }
    }
  }
}
