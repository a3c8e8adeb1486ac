/// The dense elimination on one front: everything costly in a homogenization happens here.
enum DenseFront {
  /// How many unknowns are eliminated between two updates of the remaining ones.
  static let panelWidth = 8

  /// Eliminates the first `pivots` unknowns of a symmetric matrix; the remaining part becomes their Schur complement.
  ///
  /// Only the lower triangle is read and written, row after row. `panel` has room for `panelWidth` × `size` numbers. Returns
  /// false where a pivot is not positive. The operations and their order are fixed, so the result is the same to the last
  /// bit on every machine.
  static func condense(
    _ matrix: UnsafeMutablePointer<Double>, size: Int, pivots: Int, panel: UnsafeMutablePointer<Double>
  ) -> Bool {
    var first = 0
    while first < pivots {
      let last = min(first + panelWidth, pivots)
      guard factor(matrix, size: size, first: first, last: last) else { return false }
      solve(matrix, size: size, first: first, last: last, panel: panel)
      update(matrix, size: size, first: last, panel: panel)
      first = last
    }
    return true
  }

  /// The Cholesky factor of a small block on the diagonal; the diagonal itself holds reciprocals.
  private static func factor(_ matrix: UnsafeMutablePointer<Double>, size: Int, first: Int, last: Int) -> Bool {
    for column in first..<last {
      let pivotRow = matrix + column * size
      var pivot = pivotRow[column]
      for k in first..<column { pivot -= pivotRow[k] * pivotRow[k] }
      guard pivot > 0, pivot.isFinite else { return false }
      let reciprocal = 1 / pivot.squareRoot()
      pivotRow[column] = reciprocal
      for row in (column + 1)..<max(last, column + 1) {
        let line = matrix + row * size
        var value = line[column]
        for k in first..<column { value -= line[k] * pivotRow[k] }
        line[column] = value * reciprocal
      }
    }
    return true
  }

  /// The columns of the factor below the block, which `panel` receives transposed and filled up with zeros.
  private static func solve(
    _ matrix: UnsafeMutablePointer<Double>, size: Int, first: Int, last: Int, panel: UnsafeMutablePointer<Double>
  ) {
    for row in last..<size {
      let line = matrix + row * size
      for column in first..<last {
        let pivotRow = matrix + column * size
        var value = line[column]
        for k in first..<column { value -= line[k] * pivotRow[k] }
        value *= pivotRow[column]
        line[column] = value
        panel[(column - first) * size + row] = value
      }
    }
    for k in (last - first)..<panelWidth { (panel + k * size + last).update(repeating: 0, count: size - last) }
  }

  /// Subtracts the product of the panel and its transpose from the lower triangle of the remaining rows.
  private static func update(
    _ matrix: UnsafeMutablePointer<Double>, size: Int, first: Int, panel: UnsafeMutablePointer<Double>
  ) {
    let p0 = UnsafePointer(panel)
    let p1 = p0 + size
    let p2 = p1 + size
    let p3 = p2 + size
    let p4 = p3 + size
    let p5 = p4 + size
    let p6 = p5 + size
    let p7 = p6 + size
    for row in first..<size {
      let line = matrix + row * size
      let (a0, a1, a2, a3) = (p0[row], p1[row], p2[row], p3[row])
      let (a4, a5, a6, a7) = (p4[row], p5[row], p6[row], p7[row])
      var column = first
      // The inner loop of the whole homogenization; written so that the compiler makes vectors of it.
      while column <= row {
        let lower = (a0 * p0[column] + a1 * p1[column]) + (a2 * p2[column] + a3 * p3[column])
        let upper = (a4 * p4[column] + a5 * p5[column]) + (a6 * p6[column] + a7 * p7[column])
        line[column] -= lower + upper
        column += 1
      }
    }
  }
}
