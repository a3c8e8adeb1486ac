internal import CTorchShim

// Reductions over some dimensions, or over all where none are named.
extension CheckedTensor {
  private func reduce(
    _ operation: TSReduction, _ name: StaticString, _ dimensions: [Int]?, _ keep: Bool
  ) throws(TorchError) -> Tensor {
    try produce(name, tensor) { ts_reduce(operation, $0, dimensions, dimensions?.count ?? 0, keep, $1) }
  }

  /// The sum along dimensions.
  public func sum(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try reduce(.sum, "sum", dimensions, keepingDimensions)
  }
  /// The mean along dimensions.
  public func mean(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try reduce(.mean, "mean", dimensions, keepingDimensions)
  }
  /// The largest element along dimensions.
  public func max(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try reduce(.maximum, "max", dimensions, keepingDimensions)
  }
  /// The smallest element along dimensions.
  public func min(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try reduce(.minimum, "min", dimensions, keepingDimensions)
  }
  /// The logarithm of the sum of the exponentials along dimensions.
  public func logSumExp(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try reduce(.logSumExp, "logSumExp", dimensions, keepingDimensions)
  }
  /// The variance along dimensions; `correction` 1 divides by one less than the count, 0 by the count.
  public func variance(
    along dimensions: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) throws(TorchError) -> Tensor {
    try produce("variance", tensor) {
      ts_variance($0, dimensions, dimensions?.count ?? 0, correction, keepingDimensions, $1)
    }
  }
  /// The standard deviation along dimensions.
  public func std(
    along dimensions: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) throws(TorchError) -> Tensor {
    try variance(along: dimensions, correction: correction, keepingDimensions: keepingDimensions).checked.sqrt()
  }
  /// The p-norm along dimensions.
  public func norm(
    _ order: Double = 2, along dimensions: [Int]? = nil, keepingDimensions: Bool = false
  ) throws(TorchError) -> Tensor {
    let along = dimensions.map(Torch.Value.intList) ?? .none
    return try invoke(
      "norm", "aten::linalg_vector_norm", [.tensor(tensor), .double(order), along, .bool(keepingDimensions), .none])
  }
  /// The product along one dimension.
  public func product(along dimension: Int, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    try invoke("product", "aten::prod", "dim_int", [.tensor(tensor), .int(dimension), .bool(keepingDimensions)])
  }
  /// The position of the largest element along one dimension, or in row-major order where none is named.
  public func argmax(along dimension: Int? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    let along = dimension.map(Torch.Value.int) ?? .none
    return try invoke("argmax", "aten::argmax", [.tensor(tensor), along, .bool(keepingDimensions)])
  }
  /// The position of the smallest element along one dimension, or in row-major order where none is named.
  public func argmin(along dimension: Int? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    let along = dimension.map(Torch.Value.int) ?? .none
    return try invoke("argmin", "aten::argmin", [.tensor(tensor), along, .bool(keepingDimensions)])
  }
  /// Whether every element is not zero, along dimensions.
  public func all(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    let along = dimensions.map(Torch.Value.intList) ?? .none
    return try invoke("all", "aten::all", "dims", [.tensor(tensor), along, .bool(keepingDimensions)])
  }
  /// Whether some element is not zero, along dimensions.
  public func any(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) throws(TorchError) -> Tensor {
    let along = dimensions.map(Torch.Value.intList) ?? .none
    return try invoke("any", "aten::any", "dims", [.tensor(tensor), along, .bool(keepingDimensions)])
  }
  /// The largest elements along one dimension and their positions.
  public func maxWithIndices(
    along dimension: Int, keepingDimensions: Bool = false
  ) throws(TorchError) -> (values: Tensor, indices: Tensor) {
    let results = try invokeList(
      "maxWithIndices", "aten::max", "dim", [.tensor(tensor), .int(dimension), .bool(keepingDimensions)])
    return (results[0], results[1])
  }
  /// The sums up to and with each element along one dimension.
  public func cumsum(along dimension: Int) throws(TorchError) -> Tensor {
    try invoke("cumsum", "aten::cumsum", [.tensor(tensor), .int(dimension)])
  }
  /// The products up to and with each element along one dimension.
  public func cumprod(along dimension: Int) throws(TorchError) -> Tensor {
    try invoke("cumprod", "aten::cumprod", [.tensor(tensor), .int(dimension)])
  }
}
