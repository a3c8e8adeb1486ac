// The reductions over one dimension.
extension CheckedTensor {
  /// The sum along one dimension.
  public func sum(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try sum(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// The mean along one dimension.
  public func mean(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try mean(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// The largest element along one dimension.
  public func max(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try max(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// The smallest element along one dimension.
  public func min(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try min(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// The logarithm of the sum of the exponentials along one dimension.
  public func logSumExp(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try logSumExp(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// Whether every element is not zero, along one dimension.
  public func all(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try all(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// Whether some element is not zero, along one dimension.
  public func any(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try any(along: [dimension], keepingDimensions: keepingDimensions)
  }
  /// The variance along one dimension.
  public func variance(
    along dimension: Int, correction: Double = 1, keepingDimensions: Bool = false
  ) throws(TorchError) -> Tensor {
    try variance(along: [dimension], correction: correction, keepingDimensions: keepingDimensions)
  }
  /// The standard deviation along one dimension.
  public func std(
    along dimension: Int, correction: Double = 1, keepingDimensions: Bool = false
  ) throws(TorchError) -> Tensor {
    try std(along: [dimension], correction: correction, keepingDimensions: keepingDimensions)
  }
  /// The p-norm along one dimension.
  public func norm(
    _ order: Double = 2, along dimension: Int, keepingDimensions: Bool = false
  ) throws(TorchError) -> Tensor {
    try norm(order, along: [dimension], keepingDimensions: keepingDimensions)
  }
}
