/// Drawings side by side in rows, under a common title.
public struct PanelGrid: Drawing {
  /// The heading of the grid.
  public var title: String
  /// The drawings, row by row.
  public var rows: [[any Drawing]]

  /// Makes a grid.
  public init(_ title: String, rows: [[any Drawing]]) {
    self.title = title
    self.rows = rows
  }

  /// The sizes of the drawings with their gaps.
  public var preferredSize: (width: Double, height: Double) {
    let width = rows.map { row in row.reduce(0) { $0 + $1.preferredSize.width } }.max() ?? 0
    let height = rows.reduce(0) { $0 + ($1.map(\.preferredSize.height).max() ?? 0) }
    return (width + 16, height + (title.isEmpty ? 8 : 34))
  }

  /// Draws the heading and every panel.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    if !title.isEmpty {
      canvas.text(title, x: rectangle.midX, y: rectangle.y + 20, size: 13, align: .center, bold: true)
    }
    var y = rectangle.y + (title.isEmpty ? 4 : 30)
    for row in rows {
      let height = row.map(\.preferredSize.height).max() ?? 0
      var x = rectangle.x + 8
      for panel in row {
        let size = panel.preferredSize
        panel.draw(on: canvas, in: Rectangle(x: x, y: y, width: size.width, height: size.height))
        x += size.width
      }
      y += height
    }
  }
}
