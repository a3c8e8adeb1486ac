/// The pixels of a periodic unit cell, each with its share of solid.
///
/// The cell repeats without end in both directions; the last row borders on the first one, and so do the columns.
///
/// **Shapes**: `densities` holds height × width values, the columns of a row fastest.
public struct UnitCell: Hashable, Sendable {
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int
  /// The share of solid of each pixel: 0 is void, 1 is solid.
  public let densities: [Double]

  /// Creates a cell.
  ///
  /// **Throws**: `HomogenizationError.invalidCell` if there is no pixel, the number of values is another, or one of them is
  /// outside 0...1.
  public init(height: Int, width: Int, densities: [Double]) throws(HomogenizationError) {
    guard height > 0, width > 0 else {
      throw .invalidCell("the cell has \(height)×\(width) pixels; expected at least one")
    }
    guard densities.count == height * width else {
      throw .invalidCell("\(densities.count) values for \(height)×\(width) pixels; expected \(height * width)")
    }
    if let index = densities.firstIndex(where: { !(0...1).contains($0) }) {
      throw .invalidCell(
        "the pixel in row \(index / width), column \(index % width) is \(densities[index]); expected 0 (void) to 1 (solid)"
      )
    }
    self.init(uncheckedHeight: height, width: width, densities: densities)
  }

  /// Creates a cell of solid where `isSolid` holds.
  ///
  /// **Traps**: for a cell without pixels.
  public init(height: Int, width: Int, isSolid: (_ row: Int, _ column: Int) -> Bool) {
    precondition(height > 0 && width > 0, "UnitCell: \(height)×\(width) pixels; expected at least one")
    self.init(
      uncheckedHeight: height, width: width,
      densities: (0..<(height * width)).map { isSolid($0 / width, $0 % width) ? 1 : 0 })
  }

  init(uncheckedHeight height: Int, width: Int, densities: [Double]) {
    self.height = height
    self.width = width
    self.densities = densities
  }

  /// The share of solid of a pixel; rows and columns beyond the cell repeat.
  public subscript(row: Int, column: Int) -> Double {
    densities[Self.wrapped(row, height) * width + Self.wrapped(column, width)]
  }

  /// The share of solid in the whole cell.
  public var volumeFraction: Double { densities.reduce(0, +) / Double(densities.count) }

  /// Whether some pixel is neither solid nor void.
  public var isGray: Bool { densities.contains { $0 != 0 && $0 != 1 } }

  /// Returns the cell with its contents moved down and to the right; what leaves on one side comes in on the other.
  public func rolled(rows: Int, columns: Int) -> UnitCell {
    mapped(height: height, width: width) { ($0 - rows, $1 - columns) }
  }

  /// Returns the image of the cell under a symmetry of the square.
  public func transformed(by symmetry: SquareSymmetry) -> UnitCell {
    let (height, width) = symmetry.transposes ? (width, height) : (height, width)
    return mapped(height: height, width: width) { symmetry.source(row: $0, column: $1, height: height, width: width) }
  }

  /// Returns the cell with each pixel divided into `factor` × `factor` equal ones.
  ///
  /// **Traps**: unless `factor` is positive.
  public func refined(_ factor: Int) -> UnitCell {
    precondition(factor > 0, "UnitCell: refined \(factor) times; expected at least 1")
    return mapped(height: factor * height, width: factor * width) { ($0 / factor, $1 / factor) }
  }

  /// Returns `rows` × `columns` copies as one cell, which is the same material.
  ///
  /// **Traps**: unless both are positive.
  public func tiled(rows: Int, columns: Int) -> UnitCell {
    precondition(rows > 0 && columns > 0, "UnitCell: tiled \(rows)×\(columns); expected at least 1×1")
    return mapped(height: rows * height, width: columns * width) { ($0, $1) }
  }

  private func mapped(height: Int, width: Int, _ source: (Int, Int) -> (Int, Int)) -> UnitCell {
    UnitCell(
      uncheckedHeight: height, width: width,
      densities: (0..<(height * width)).map { index in
        let (row, column) = source(index / width, index % width)
        return self[row, column]
      })
  }

  private static func wrapped(_ index: Int, _ count: Int) -> Int {
    let rest = index % count
    return rest < 0 ? rest + count : rest
  }
}
