extension Matrix {
  /// Whether the columns are orthonormal and the matrix is square.
  public func isOrthogonal(tolerance: Double = 1e-9) -> Bool {
    rows == columns && (transposed * self).maxAbsDifference(to: .identity(rows)) <= tolerance
  }

  /// The inverse, or nil when the matrix is singular or not square.
  ///
  /// **Complexity**: O(n³), Gauss-Jordan elimination with row pivoting.
  public var inverse: Matrix? {
    guard rows == columns else { return nil }
    let n = rows
    var work = self
    var result = Matrix.identity(n)
    let scale = values.reduce(0) { max($0, abs($1)) }
    for column in 0..<n {
      var pivot = column
      for row in column..<n where abs(work[row, column]) > abs(work[pivot, column]) { pivot = row }
      guard abs(work[pivot, column]) > 1e-13 * scale else { return nil }
      work.swapRows(pivot, column)
      result.swapRows(pivot, column)
      let factor = 1 / work[column, column]
      for j in 0..<n {
        work[column, j] *= factor
        result[column, j] *= factor
      }
      for row in 0..<n where row != column && work[row, column] != 0 {
        let factor = work[row, column]
        for j in 0..<n {
          work[row, j] -= factor * work[column, j]
          result[row, j] -= factor * result[column, j]
        }
      }
    }
    return result
  }

  /// The lower triangular L with L Lᵀ equal to this matrix, or nil when it is not positive definite.
  public var cholesky: Matrix? {
    guard rows == columns else { return nil }
    var result = Matrix.zeros(rows, rows)
    for i in 0..<rows {
      for j in 0...i {
        var sum = self[i, j]
        for k in 0..<j { sum -= result[i, k] * result[j, k] }
        if i == j {
          guard sum > 0 else { return nil }
          result[i, i] = sum.squareRoot()
        } else {
          result[i, j] = sum / result[j, j]
        }
      }
    }
    return result
  }

  private mutating func swapRows(_ a: Int, _ b: Int) {
    if a == b { return }
    for j in 0..<columns { (self[a, j], self[b, j]) = (self[b, j], self[a, j]) }
  }
}
