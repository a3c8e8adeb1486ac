extension Tensor {
  /// Normalizes each channel with given statistics: `(x - mean) / √(variance + epsilon) · weight + bias`.
  ///
  /// **Shapes**: self `[N, C, …]`, the others `[C]`, result as self.
  ///
  /// **Traps**: when the number of channels differs.
  public func batchNorm(
    mean: Tensor, variance: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
  ) -> Tensor {
    trapping(try checked.batchNorm(mean: mean, variance: variance, weight: weight, bias: bias, epsilon: epsilon))
  }

  /// Normalizes each channel with its own mean and (biased) variance over the batch and all positions.
  ///
  /// **Shapes**: self `[N, C, …]`, weight and bias `[C]`, result as self.
  ///
  /// **Traps**: when the number of channels differs, or there is only one value per channel.
  public func batchNorm(weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5) -> Tensor {
    trapping(try checked.batchNorm(weight: weight, bias: bias, epsilon: epsilon))
  }

  /// Normalizes with the batch's statistics and moves running ones towards them in place (variance unbiased).
  ///
  /// **Shapes**: self `[N, C, …]`, the others `[C]`, result as self.
  ///
  /// **Traps**: when the number of channels differs, or there is only one value per channel.
  package func batchNorm(
    updatingMean mean: Tensor, variance: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, momentum: Double = 0.1,
    epsilon: Double = 1e-5
  ) -> Tensor {
    trapping(
      try checked.batchNorm(
        updatingMean: mean, variance: variance, weight: weight, bias: bias, momentum: momentum, epsilon: epsilon
      ))
  }

  /// Normalizes over the last dimensions, whose sizes are `shape`.
  ///
  /// **Shapes**: self `[…]` + `shape`, weight and bias `shape`, result as self.
  ///
  /// **Traps**: when self does not end in `shape`.
  public func layerNorm(shape: Shape, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5) -> Tensor {
    trapping(try checked.layerNorm(shape: shape, weight: weight, bias: bias, epsilon: epsilon))
  }

  /// Normalizes each sample over each of `groups` blocks of channels and all positions.
  ///
  /// **Shapes**: self `[N, C, …]`, weight and bias `[C]`, result as self.
  ///
  /// **Traps**: when C is no multiple of `groups`.
  public func groupNorm(groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5) -> Tensor {
    trapping(try checked.groupNorm(groups: groups, weight: weight, bias: bias, epsilon: epsilon))
  }

  /// Normalizes each channel of each sample over all positions.
  ///
  /// **Shapes**: self `[N, C, …]`, weight and bias `[C]`, result as self.
  ///
  /// **Traps**: when the number of channels differs.
  public func instanceNorm(weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5) -> Tensor {
    trapping(try checked.instanceNorm(weight: weight, bias: bias, epsilon: epsilon))
  }
}
