extension Tensor {
  /// The inverse of each matrix.
  ///
  /// **Shapes**: self `[…, n, n]`, result `[…, n, n]`.
  ///
  /// **Traps**: when a matrix is not square or is singular.
  ///
  /// **Complexity**: O(n³).
  public func inverse() -> Tensor {
    trapping(try checked.inverse())
  }

  /// The `x` with `self · x = right`.
  ///
  /// **Shapes**: self `[…, n, n]`, right `[…, n, k]` or `[…, n]`, result as right.
  ///
  /// **Traps**: when a matrix is not square or is singular.
  ///
  /// **Complexity**: O(n³).
  public func solve(_ right: Tensor) -> Tensor {
    trapping(try checked.solve(right))
  }

  /// The singular value decomposition `u · diag(s) · vh`, with values in descending order.
  ///
  /// **Shapes**: self `[…, m, n]`, u `[…, m, k]`, s `[…, k]`, vh `[…, k, n]`, k the smaller of m and n;
  /// with `fullMatrices` u `[…, m, m]` and vh `[…, n, n]`.
  ///
  /// **Traps**: on integers, or when the iteration does not converge.
  public func svd(fullMatrices: Bool = false) -> (u: Tensor, s: Tensor, vh: Tensor) {
    trapping(try checked.svd(fullMatrices: fullMatrices))
  }

  /// The singular values in descending order.
  ///
  /// **Shapes**: self `[…, m, n]`, result `[…, min(m, n)]`.
  ///
  /// **Traps**: on integers, or when the iteration does not converge.
  public func singularValues() -> Tensor {
    trapping(try checked.singularValues())
  }

  /// The factors of `q · r`, q with orthonormal columns and r upper triangular.
  ///
  /// **Shapes**: self `[…, m, n]`, q `[…, m, k]`, r `[…, k, n]`, k the smaller of m and n, or m when `complete`.
  ///
  /// **Traps**: on integers or fewer than two dimensions.
  public func qr(complete: Bool = false) -> (q: Tensor, r: Tensor) {
    trapping(try checked.qr(complete: complete))
  }

  /// Eigenvalues, ascending, and eigenvectors, in columns, of symmetric (Hermitian) matrices; reads the lower triangle.
  ///
  /// **Shapes**: self `[…, n, n]`, values `[…, n]`, vectors `[…, n, n]`.
  ///
  /// **Traps**: when a matrix is not square, or the iteration does not converge.
  public func eigh() -> (values: Tensor, vectors: Tensor) {
    trapping(try checked.eigh())
  }

  /// The triangular factor of positive definite matrices: `L · Lᴴ`, or `Uᴴ · U` with `upper`.
  ///
  /// **Shapes**: self `[…, n, n]`, result `[…, n, n]`.
  ///
  /// **Traps**: when a matrix is not positive definite.
  public func cholesky(upper: Bool = false) -> Tensor {
    trapping(try checked.cholesky(upper: upper))
  }

  /// The determinant of each matrix.
  ///
  /// **Shapes**: self `[…, n, n]`, result `[…]`.
  ///
  /// **Traps**: when a matrix is not square.
  public func determinant() -> Tensor {
    trapping(try checked.determinant())
  }

  /// The sign of each determinant and the logarithm of its magnitude, which does not overflow.
  ///
  /// **Shapes**: self `[…, n, n]`, both results `[…]`.
  ///
  /// **Traps**: when a matrix is not square.
  public func logDeterminant() -> (sign: Tensor, logMagnitude: Tensor) {
    trapping(try checked.logDeterminant())
  }

  /// A norm of each matrix.
  ///
  /// **Shapes**: self `[…, m, n]`, result `[…]`.
  ///
  /// **Traps**: on integers or fewer than two dimensions.
  public func matrixNorm(_ norm: MatrixNorm = .frobenius) -> Tensor {
    trapping(try checked.matrixNorm(norm))
  }

  /// The Moore-Penrose inverse; singular values up to `tolerance` times the largest count as zero.
  ///
  /// **Shapes**: self `[…, m, n]`, result `[…, n, m]`.
  ///
  /// **Traps**: on integers or fewer than two dimensions.
  public func pseudoinverse(tolerance: Double? = nil) -> Tensor {
    trapping(try checked.pseudoinverse(tolerance: tolerance))
  }

  /// The `x` that makes `|self · x - right|` least; the shortest one where several do.
  ///
  /// **Shapes**: self `[…, m, n]`, right `[…, m, k]`, result `[…, n, k]`.
  ///
  /// **Traps**: when the rows differ in number; on an accelerator self must have full rank.
  public func leastSquares(_ right: Tensor) -> Tensor {
    trapping(try checked.leastSquares(right))
  }

  /// The exponential `Σ Aᵏ / k!` of each matrix.
  ///
  /// **Shapes**: self `[…, n, n]`, result `[…, n, n]`.
  ///
  /// **Traps**: when a matrix is not square.
  public func matrixExponential() -> Tensor {
    trapping(try checked.matrixExponential())
  }
}
