/// One of the eight symmetries of the square pixel grid: a transposition or none, then reversals of rows and columns.
///
/// Transposition reflects in the diagonal through the first pixel. The eight maps are the dihedral group of order 8.
public struct SquareSymmetry: Hashable, Codable, Sendable {
  /// Whether rows and columns are exchanged, first.
  public let transposes: Bool
  /// Whether the order of the rows is reversed: top and bottom change places.
  public let reversesRows: Bool
  /// Whether the order of the columns is reversed: left and right change places.
  public let reversesColumns: Bool

  /// Creates a symmetry; by default the identity.
  public init(transposes: Bool = false, reversesRows: Bool = false, reversesColumns: Bool = false) {
    self.transposes = transposes
    self.reversesRows = reversesRows
    self.reversesColumns = reversesColumns
  }

  /// Leaves everything in its place.
  public static let identity = SquareSymmetry()

  /// Exchanges rows and columns.
  public static let transposition = SquareSymmetry(transposes: true)

  /// Exchanges top and bottom.
  public static let verticalFlip = SquareSymmetry(reversesRows: true)

  /// Exchanges left and right.
  public static let horizontalFlip = SquareSymmetry(reversesColumns: true)

  /// Turns by multiples of 90°, counter-clockwise as the image is seen.
  public static func quarterTurns(_ count: Int) -> SquareSymmetry {
    switch ((count % 4) + 4) % 4 {
    case 0: .identity
    case 1: SquareSymmetry(transposes: true, reversesRows: true)
    case 2: SquareSymmetry(reversesRows: true, reversesColumns: true)
    default: SquareSymmetry(transposes: true, reversesColumns: true)
    }
  }

  /// Returns where a pixel of the transformed image comes from.
  ///
  /// `height` and `width` are those of the transformed image, whose rows and columns transposition has exchanged.
  @inlinable
  public func source(row: Int, column: Int, height: Int, width: Int) -> (row: Int, column: Int) {
    let r = reversesRows ? height - 1 - row : row
    let c = reversesColumns ? width - 1 - column : column
    return transposes ? (c, r) : (r, c)
  }

  /// Returns `first`, followed by `second`.
  public static func * (second: SquareSymmetry, first: SquareSymmetry) -> SquareSymmetry {
    // A transposition carries the reversals before it to the other axis.
    let (rows, columns) =
      second.transposes
      ? (first.reversesColumns, first.reversesRows) : (first.reversesRows, first.reversesColumns)
    return SquareSymmetry(
      transposes: first.transposes != second.transposes, reversesRows: rows != second.reversesRows,
      reversesColumns: columns != second.reversesColumns)
  }
}
