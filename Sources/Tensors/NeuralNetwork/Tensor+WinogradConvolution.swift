internal import CTorchShim

extension Tensor {
  /// Convolves with filters of 3² pixels in steps of one pixel, by 16 products for each 2² outputs instead of 36.
  ///
  /// The outputs differ from those of `conv2d` by rounding only. A pixel that is not finite may spread to all four outputs of
  /// a block. Gradients flow to self, filter and bias, twice.
  ///
  /// - Parameters:
  ///   - filter: `[out, C, 3, 3]`; with the bias in self's type, or in float32 for self in bfloat16. Sums are always made in
  ///     the type of the filter.
  ///   - padding: Rows and columns of zeros at each side.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, out, H', W']` in channels-last memory.
  ///
  /// **Traps**: when shapes or types do not fit, or self is not on the CPU in a type of `hasFactorizedConv2d(in:)`.
  ///
  /// **Reference**: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016, section 4.1.
  package func winogradConv2d(_ filter: Tensor, bias: Tensor? = nil, padding: [Int]) -> Tensor {
    trapping(
      try produce("winogradConv2d", self, filter, bias) { ts_winograd_convolution($0, $1, $2, padding, $3) })
  }
}
