/// How a steerable convolution is computed; the results are the same to rounding.
public enum ConvolutionPath: String, Hashable, Sendable, Codable, CaseIterable {
  /// The faster of the two by a model of their cost.
  case automatic
  /// The plain convolution with the expanded filter.
  case dense
  /// The few scalar functions on the grid of which all filters are made, applied to each channel, then one matrix product:
  /// 11 multiplications instead of 25 for kernels of 5 pixels. For kernels of 3, 5 or 7 pixels without dilation and groups,
  /// in float32 or float64 on the CPU and outside of autocast; dense elsewhere.
  case factorized
}
