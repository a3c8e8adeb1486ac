internal import CTorchShim

// Products of matrices.
extension CheckedTensor {
  /// The product of matrices, of a matrix and a vector, or of two vectors; leading dimensions are batches.
  ///
  /// **Shapes**: `[…, M, K] × […, K, N] → […, M, N]`.
  public func matmul(_ other: Tensor) throws(TorchError) -> Tensor {
    try produce("matmul", tensor, other) { ts_matmul($0, $1, $2) }
  }
  /// The products of two batches of matrices.
  ///
  /// **Shapes**: `[B, M, K] × [B, K, N] → [B, M, N]`.
  public func bmm(_ other: Tensor) throws(TorchError) -> Tensor {
    try produce("bmm", tensor, other) { ts_bmm($0, $1, $2) }
  }
  /// The product with a weight's transpose, plus a bias.
  ///
  /// **Shapes**: `[…, I] × [O, I] + [O] → […, O]`.
  public func linear(_ weight: Tensor, bias: Tensor? = nil) throws(TorchError) -> Tensor {
    try produce("linear", tensor, weight, bias) { ts_linear($0, $1, $2, $3) }
  }

  /// Products and sums over named dimensions, as in `"bij,bjk->bik"`.
  public static func einsum(_ equation: String, _ operands: [Tensor]) throws(TorchError) -> Tensor {
    try produce("einsum", operands) { ts_einsum(equation, $0, $1, $2) }
  }
}
