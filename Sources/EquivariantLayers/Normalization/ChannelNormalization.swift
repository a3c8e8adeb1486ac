package import Tensors

/// What normalizes every channel: y = (x − mean) / √(variance + ε) · weight + bias.
package struct ChannelNormalization {
  package var weight: Tensor?
  package var bias: Tensor?
  package var mean: Tensor
  package var variance: Tensor

  package init(weight: Tensor?, bias: Tensor?, mean: Tensor, variance: Tensor) {
    self.weight = weight
    self.bias = bias
    self.mean = mean
    self.variance = variance
  }
}
