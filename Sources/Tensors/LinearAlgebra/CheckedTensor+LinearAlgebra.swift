internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/inverse()`` that throws instead of trapping.
  public func inverse() throws(TorchError) -> Tensor {
    try produce("inverse", tensor) { ts_inverse($0, $1) }
  }

  /// ``Tensor/solve(_:)`` that throws instead of trapping.
  public func solve(_ right: Tensor) throws(TorchError) -> Tensor {
    try produce("solve", tensor, right) { ts_solve($0, $1, $2) }
  }

  /// ``Tensor/svd(fullMatrices:)`` that throws instead of trapping.
  public func svd(fullMatrices: Bool = false) throws(TorchError) -> (u: Tensor, s: Tensor, vh: Tensor) {
    let results = try produceList("svd", tensor, count: 3) { ts_svd($0, fullMatrices, $1, $2) }
    return (results[0], results[1], results[2])
  }

  /// ``Tensor/singularValues()`` that throws instead of trapping.
  public func singularValues() throws(TorchError) -> Tensor {
    try produce("singularValues", tensor) { ts_singular_values($0, $1) }
  }

  /// ``Tensor/qr(complete:)`` that throws instead of trapping.
  public func qr(complete: Bool = false) throws(TorchError) -> (q: Tensor, r: Tensor) {
    let results = try produceList("qr", tensor, count: 2) { ts_qr($0, complete, $1, $2) }
    return (results[0], results[1])
  }

  /// ``Tensor/eigh()`` that throws instead of trapping.
  public func eigh() throws(TorchError) -> (values: Tensor, vectors: Tensor) {
    let results = try produceList("eigh", tensor, count: 2) { ts_eigh($0, $1, $2) }
    return (results[0], results[1])
  }

  /// ``Tensor/cholesky(upper:)`` that throws instead of trapping.
  public func cholesky(upper: Bool = false) throws(TorchError) -> Tensor {
    try produce("cholesky", tensor) { ts_cholesky($0, upper, $1) }
  }

  /// ``Tensor/determinant()`` that throws instead of trapping.
  public func determinant() throws(TorchError) -> Tensor {
    try produce("determinant", tensor) { ts_determinant($0, $1) }
  }

  /// ``Tensor/logDeterminant()`` that throws instead of trapping.
  public func logDeterminant() throws(TorchError) -> (sign: Tensor, logMagnitude: Tensor) {
    let results = try produceList("logDeterminant", tensor, count: 2) { ts_log_determinant($0, $1, $2) }
    return (results[0], results[1])
  }

  /// ``Tensor/matrixNorm(_:)`` that throws instead of trapping.
  public func matrixNorm(_ norm: MatrixNorm = .frobenius) throws(TorchError) -> Tensor {
    try produce("matrixNorm", tensor) { ts_matrix_norm($0, norm.name, norm.order, $1) }
  }

  /// ``Tensor/pseudoinverse(tolerance:)`` that throws instead of trapping.
  public func pseudoinverse(tolerance: Double? = nil) throws(TorchError) -> Tensor {
    try produce("pseudoinverse", tensor) { ts_pseudo_inverse($0, tolerance ?? -1, $1) }
  }

  /// ``Tensor/leastSquares(_:)`` that throws instead of trapping.
  public func leastSquares(_ right: Tensor) throws(TorchError) -> Tensor {
    try produce("leastSquares", tensor, right) { ts_least_squares($0, $1, $2) }
  }

  /// ``Tensor/matrixExponential()`` that throws instead of trapping.
  public func matrixExponential() throws(TorchError) -> Tensor {
    try produce("matrixExponential", tensor) { ts_matrix_exponential($0, $1) }
  }
}
