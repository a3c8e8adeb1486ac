// Reductions over some dimensions, or over all where none are named. Those dimensions go unless they are kept with
// size 1.
extension Tensor {
  /// The sum along dimensions.
  public func sum(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.sum(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// The sum along one dimension.
  public func sum(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.sum(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// The mean along dimensions.
  public func mean(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.mean(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// The mean along one dimension.
  public func mean(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.mean(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// The largest element along dimensions.
  public func max(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.max(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// The largest element along one dimension.
  public func max(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.max(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// The smallest element along dimensions.
  public func min(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.min(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// The smallest element along one dimension.
  public func min(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.min(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// The logarithm of the sum of the exponentials along dimensions.
  public func logSumExp(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.logSumExp(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// The logarithm of the sum of the exponentials along one dimension.
  public func logSumExp(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.logSumExp(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// The p-norm along dimensions.
  public func norm(_ order: Double = 2, along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.norm(order, along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// The p-norm along one dimension.
  public func norm(_ order: Double = 2, along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.norm(order, along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// Whether every element is not zero, along dimensions.
  public func all(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.all(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// Whether every element is not zero, along one dimension.
  public func all(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.all(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// Whether some element is not zero, along dimensions.
  public func any(along dimensions: [Int]? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.any(along: dimensions, keepingDimensions: keepingDimensions))
  }
  /// Whether some element is not zero, along one dimension.
  public func any(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.any(along: [dimension], keepingDimensions: keepingDimensions))
  }
  /// The variance along dimensions; `correction` 1 divides by one less than the count, 0 by the count.
  public func variance(
    along dimensions: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false
  ) -> Tensor {
    trapping(
      try checked.variance(along: dimensions, correction: correction, keepingDimensions: keepingDimensions))
  }
  /// The variance along one dimension.
  public func variance(along dimension: Int, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    variance(along: [dimension], correction: correction, keepingDimensions: keepingDimensions)
  }
  /// The standard deviation along dimensions.
  public func std(along dimensions: [Int]? = nil, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    variance(along: dimensions, correction: correction, keepingDimensions: keepingDimensions).sqrt()
  }
  /// The standard deviation along one dimension.
  public func std(along dimension: Int, correction: Double = 1, keepingDimensions: Bool = false) -> Tensor {
    std(along: [dimension], correction: correction, keepingDimensions: keepingDimensions)
  }
  /// The product along one dimension.
  public func product(along dimension: Int, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.product(along: dimension, keepingDimensions: keepingDimensions))
  }
  /// The position of the largest element along one dimension, or in row-major order where none is named.
  public func argmax(along dimension: Int? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.argmax(along: dimension, keepingDimensions: keepingDimensions))
  }
  /// The position of the smallest element along one dimension, or in row-major order where none is named.
  public func argmin(along dimension: Int? = nil, keepingDimensions: Bool = false) -> Tensor {
    trapping(try checked.argmin(along: dimension, keepingDimensions: keepingDimensions))
  }
  /// The largest elements along one dimension and their positions.
  public func maxWithIndices(
    along dimension: Int, keepingDimensions: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    trapping(try checked.maxWithIndices(along: dimension, keepingDimensions: keepingDimensions))
  }
  /// The sums up to and with each element along one dimension.
  public func cumsum(along dimension: Int) -> Tensor { trapping(try checked.cumsum(along: dimension)) }
  /// The products up to and with each element along one dimension.
  public func cumprod(along dimension: Int) -> Tensor { trapping(try checked.cumprod(along: dimension)) }
}
