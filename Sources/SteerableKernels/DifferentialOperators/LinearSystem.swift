import Symmetry

/// A dense system of linear equations, factored once and solved for several right-hand sides.
struct LinearSystem {
  private let matrix: Matrix
  private var factors: Matrix
  private var order: [Int]

  /// Factors a square matrix; nil when it is singular to rounding.
  ///
  /// **Complexity**: cubic, by elimination with row pivoting.
  init?(_ matrix: Matrix) {
    let n = matrix.rows
    self.matrix = matrix
    factors = matrix
    order = Array(0..<n)
    let scale = matrix.values.reduce(0) { max($0, abs($1)) }
    for column in 0..<n {
      var pivot = column
      for row in column..<n where abs(factors[row, column]) > abs(factors[pivot, column]) { pivot = row }
      guard abs(factors[pivot, column]) > 1e-15 * scale else { return nil }
      if pivot != column {
        order.swapAt(pivot, column)
        for j in 0..<n { (factors[pivot, j], factors[column, j]) = (factors[column, j], factors[pivot, j]) }
      }
      for row in column + 1..<max(n, column + 1) where factors[row, column] != 0 {
        let factor = factors[row, column] / factors[column, column]
        factors[row, column] = factor
        for j in column + 1..<max(n, column + 1) { factors[row, j] -= factor * factors[column, j] }
      }
    }
  }

  /// The solution for a right-hand side, refined by its own residual.
  func solve(_ right: [Double]) -> [Double] {
    var solution = substitute(right)
    for _ in 0..<3 {
      let residual = zip(right, matrix * solution).map(-)
      solution = zip(solution, substitute(residual)).map(+)
    }
    return solution
  }

  private func substitute(_ right: [Double]) -> [Double] {
    let n = order.count
    var x = order.map { right[$0] }
    for row in 0..<n {
      for j in 0..<row { x[row] -= factors[row, j] * x[j] }
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      for j in row + 1..<max(n, row + 1) { x[row] -= factors[row, j] * x[j] }
      x[row] /= factors[row, row]
    }
    return x
  }
}
