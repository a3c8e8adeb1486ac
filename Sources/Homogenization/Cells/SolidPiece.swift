/// A connected piece of solid in a periodic unit cell.
public struct SolidPiece: Sendable {
  /// The pixels, by number row after row.
  public internal(set) var pixels: [Int]
  /// Whether the piece runs through the whole periodic plane, in two independent directions.
  public private(set) var spansPlane = false
  /// One way around the cell within the piece, in cells; zero as long as none is known.
  private var turn = (rows: 0, columns: 0)

  init(pixels: [Int]) { self.pixels = pixels }

  /// Takes note of a closed way that leads around the cell this often.
  mutating func note(rows: Int, columns: Int) {
    if turn == (0, 0) {
      turn = (rows, columns)
    } else if turn.rows * columns != turn.columns * rows {
      spansPlane = true
    }
  }
}
