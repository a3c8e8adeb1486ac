import Symmetry

/// The null space of small symmetric matrices.
enum NullSpace {
  /// Singular directions have eigenvalues of rounding size; the others of group actions lie far above.
  private static let tolerance = 1e-8

  /// An orthonormal basis of the vectors that a positive semidefinite matrix sends to zero, the same on every machine.
  ///
  /// **Complexity**: cubic, by Jacobi rotations.
  static func basis(of matrix: Matrix) -> [[Double]] {
    let (values, vectors) = eigen(matrix)
    let null = values.indices.filter { abs(values[$0]) < tolerance }.map { vectors.column($0) }
    return canonical(null, size: matrix.rows)
  }

  /// Eigenvalues and eigenvectors (columns) of a symmetric matrix.
  private static func eigen(_ matrix: Matrix) -> (values: [Double], vectors: Matrix) {
    let n = matrix.rows
    var a = matrix
    var v = Matrix.identity(n)
    for _ in 0..<64 {
      var rest = 0.0
      for p in 0..<n { for q in 0..<p { rest += a[p, q] * a[p, q] } }
      if rest < 1e-30 { break }
      for p in 0..<n {
        for q in 0..<p where abs(a[p, q]) > 1e-300 {
          let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          rotate(&a, &v, p, q, c, t * c)
        }
      }
    }
    return ((0..<n).map { a[$0, $0] }, v)
  }

  private static func rotate(_ a: inout Matrix, _ v: inout Matrix, _ p: Int, _ q: Int, _ c: Double, _ s: Double) {
    let n = a.rows
    for k in 0..<n {
      let (x, y) = (a[k, p], a[k, q])
      (a[k, p], a[k, q]) = (c * x - s * y, s * x + c * y)
    }
    for k in 0..<n {
      let (x, y) = (a[p, k], a[q, k])
      (a[p, k], a[q, k]) = (c * x - s * y, s * x + c * y)
      let (z, w) = (v[k, p], v[k, q])
      (v[k, p], v[k, q]) = (c * z - s * w, s * z + c * w)
    }
  }

  /// Projects the unit vectors onto the span in order and keeps what is new: independent of how the span was found.
  private static func canonical(_ vectors: [[Double]], size: Int) -> [[Double]] {
    var result: [[Double]] = []
    for index in 0..<size where result.count < vectors.count {
      var projection = [Double](repeating: 0, count: size)
      for vector in vectors {
        for k in 0..<size { projection[k] += vector[index] * vector[k] }
      }
      for _ in 0..<2 {
        for known in result {
          let overlap = zip(known, projection).reduce(0) { $0 + $1.0 * $1.1 }
          for k in 0..<size { projection[k] -= overlap * known[k] }
        }
      }
      let norm = projection.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm < 1e-6 { continue }
      result.append(projection.map { abs($0) < 1e-15 * norm ? 0 : $0 / norm })
    }
    return result
  }
}
