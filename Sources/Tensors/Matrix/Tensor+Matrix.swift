// Products of matrices.
extension Tensor {
  /// The product of matrices, of a matrix and a vector, or of two vectors; leading dimensions are batches.
  ///
  /// **Shapes**: `[…, M, K] × […, K, N] → […, M, N]`.
  public func matmul(_ other: Tensor) -> Tensor { trapping(try checked.matmul(other)) }
  /// The products of two batches of matrices.
  ///
  /// **Shapes**: `[B, M, K] × [B, K, N] → [B, M, N]`.
  public func bmm(_ other: Tensor) -> Tensor { trapping(try checked.bmm(other)) }
  /// The product with a weight's transpose, plus a bias.
  ///
  /// **Shapes**: `[…, I] × [O, I] + [O] → […, O]`.
  public func linear(_ weight: Tensor, bias: Tensor? = nil) -> Tensor {
    trapping(try checked.linear(weight, bias: bias))
  }

  /// Products and sums over named dimensions, as in `"bij,bjk->bik"`.
  public static func einsum(_ equation: String, _ operands: Tensor...) -> Tensor {
    trapping(try CheckedTensor.einsum(equation, operands))
  }
}
