/// A dense matrix of doubles, stored row by row.
///
/// The mathematics of groups needs small matrices only (up to a few hundred rows), so a plain value type is enough.
///
/// **Shapes**: `values[i * columns + j]` is the entry in row `i`, column `j`.
public struct Matrix: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries, row by row.
  public private(set) var values: [Double]

  /// Creates a matrix from its entries in row-major order.
  ///
  /// **Traps**: unless `values` holds `rows * columns` numbers.
  public init(rows: Int, columns: Int, _ values: [Double]) {
    precondition(
      rows >= 0 && columns >= 0 && values.count == rows * columns,
      "Matrix: \(values.count) values do not fill \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Creates a matrix from a list of rows.
  ///
  /// **Traps**: unless all rows have the same length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "Matrix: rows of different lengths \(rows.map(\.count))")
    self.init(rows: rows.count, columns: columns, rows.flatMap { $0 })
  }

  /// The square matrix with ones on the diagonal.
  public static func identity(_ size: Int) -> Matrix {
    var result = zeros(size, size)
    for i in 0..<size { result.values[i * size + i] = 1 }
    return result
  }

  /// The matrix whose entries are all zero.
  public static func zeros(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, [Double](repeating: 0, count: rows * columns))
  }

  /// The square matrix with the given diagonal.
  public static func diagonal(_ diagonal: [Double]) -> Matrix {
    var result = zeros(diagonal.count, diagonal.count)
    for (i, value) in diagonal.enumerated() { result.values[i * diagonal.count + i] = value }
    return result
  }

  /// The matrix with the given blocks along its diagonal and zeros elsewhere.
  public static func blockDiagonal(_ blocks: [Matrix]) -> Matrix {
    var result = zeros(blocks.reduce(0) { $0 + $1.rows }, blocks.reduce(0) { $0 + $1.columns })
    var row = 0
    var column = 0
    for block in blocks {
      result.setBlock(row, column, block)
      row += block.rows
      column += block.columns
    }
    return result
  }

  /// The matrix that sends basis vector `i` to basis vector `images[i]`.
  public static func permutation(_ images: [Int]) -> Matrix {
    var result = zeros(images.count, images.count)
    for (i, image) in images.enumerated() { result.values[image * images.count + i] = 1 }
    return result
  }

  /// The entry in row `i` and column `j`.
  public subscript(i: Int, j: Int) -> Double {
    get {
      precondition(
        i >= 0 && i < rows && j >= 0 && j < columns, "Matrix: [\(i), \(j)] outside \(rows) x \(columns)")
      return values[i * columns + j]
    }
    set {
      precondition(
        i >= 0 && i < rows && j >= 0 && j < columns, "Matrix: [\(i), \(j)] outside \(rows) x \(columns)")
      values[i * columns + j] = newValue
    }
  }

  /// One row as a list.
  public func row(_ i: Int) -> [Double] {
    Array(values[i * columns..<(i + 1) * columns])
  }

  /// One column as a list.
  public func column(_ j: Int) -> [Double] {
    (0..<rows).map { values[$0 * columns + j] }
  }

  /// The matrix made of the given rows and columns, in the given order.
  public func submatrix(rows rowIndices: some Collection<Int>, columns columnIndices: some Collection<Int>) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(rowIndices.count * columnIndices.count)
    for i in rowIndices {
      for j in columnIndices { result.append(self[i, j]) }
    }
    return Matrix(rows: rowIndices.count, columns: columnIndices.count, result)
  }

  /// Overwrites the entries from (`row`, `column`) on with those of `block`.
  public mutating func setBlock(_ row: Int, _ column: Int, _ block: Matrix) {
    precondition(
      row >= 0 && column >= 0 && row + block.rows <= rows && column + block.columns <= columns,
      "Matrix: a \(block.rows) x \(block.columns) block at [\(row), \(column)] leaves \(rows) x \(columns)")
    for i in 0..<block.rows {
      for j in 0..<block.columns {
        values[(row + i) * columns + column + j] = block.values[i * block.columns + j]
      }
    }
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix.zeros(columns, rows)
    for i in 0..<rows {
      for j in 0..<columns { result.values[j * rows + i] = values[i * columns + j] }
    }
    return result
  }

  /// The sum of the diagonal entries.
  public var trace: Double {
    (0..<min(rows, columns)).reduce(0) { $0 + values[$1 * columns + $1] }
  }

  /// The largest absolute difference between entries; infinity when the shapes differ.
  public func maxAbsDifference(to other: Matrix) -> Double {
    guard rows == other.rows && columns == other.columns else { return .infinity }
    var result = 0.0
    for (a, b) in zip(values, other.values) {
      let difference = abs(a - b)
      if !(difference <= result) { result = difference }
    }
    return result
  }

  /// The Kronecker product: block (i, j) of the result is `self[i, j] * other`.
  public func kron(_ other: Matrix) -> Matrix {
    var result = Matrix.zeros(rows * other.rows, columns * other.columns)
    for i in 0..<rows {
      for j in 0..<columns where self[i, j] != 0 {
        result.setBlock(i * other.rows, j * other.columns, self[i, j] * other)
      }
    }
    return result
  }
}
