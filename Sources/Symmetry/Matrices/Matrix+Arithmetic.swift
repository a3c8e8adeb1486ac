extension Matrix {
  /// The entrywise sum.
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.rows == right.rows && left.columns == right.columns,
      "Matrix: \(left.rows) x \(left.columns) + \(right.rows) x \(right.columns)")
    return Matrix(rows: left.rows, columns: left.columns, zip(left.values, right.values).map { $0 + $1 })
  }

  /// The entrywise difference.
  public static func - (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.rows == right.rows && left.columns == right.columns,
      "Matrix: \(left.rows) x \(left.columns) - \(right.rows) x \(right.columns)")
    return Matrix(rows: left.rows, columns: left.columns, zip(left.values, right.values).map { $0 - $1 })
  }

  /// The matrix with every entry negated.
  public static prefix func - (matrix: Matrix) -> Matrix {
    Matrix(rows: matrix.rows, columns: matrix.columns, matrix.values.map { -$0 })
  }

  /// The matrix with every entry multiplied by a number.
  public static func * (scale: Double, matrix: Matrix) -> Matrix {
    Matrix(rows: matrix.rows, columns: matrix.columns, matrix.values.map { scale * $0 })
  }

  /// The matrix product.
  ///
  /// **Complexity**: O(rows · columns · inner); zero entries on the left cost nothing.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.columns == right.rows, "Matrix: \(left.rows) x \(left.columns) * \(right.rows) x \(right.columns)")
    let (rows, inner, columns) = (left.rows, left.columns, right.columns)
    let values = [Double](unsafeUninitializedCapacity: rows * columns) { buffer, count in
      buffer.initialize(repeating: 0)
      left.values.withUnsafeBufferPointer { a in
        right.values.withUnsafeBufferPointer { b in
          for i in 0..<rows {
            for k in 0..<inner {
              let scale = a[i * inner + k]
              if scale == 0 { continue }
              var j = 0
              while j < columns {
                buffer[i * columns + j] += scale * b[k * columns + j]
                j += 1
              }
            }
          }
        }
      }
      count = rows * columns
    }
    return Matrix(rows: rows, columns: columns, values)
  }

  /// The product with a column vector.
  ///
  /// **Traps**: unless the vector has as many entries as the matrix has columns.
  public static func * (left: Matrix, right: [Double]) -> [Double] {
    precondition(left.columns == right.count, "Matrix: \(left.rows) x \(left.columns) * vector of \(right.count)")
    return (0..<left.rows).map { i in
      (0..<left.columns).reduce(0) { $0 + left.values[i * left.columns + $1] * right[$1] }
    }
  }
}
