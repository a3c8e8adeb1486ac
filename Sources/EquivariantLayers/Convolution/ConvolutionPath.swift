/// How a steerable convolution is computed; the results are the same to rounding.
public enum ConvolutionPath: String, Hashable, Sendable, Codable, CaseIterable {
  /// The fastest by a model of their cost.
  case automatic
  /// The plain convolution with the expanded filter.
  case dense
  /// The few scalar functions on the grid of which all filters are made, applied to each channel, then one matrix product:
  /// 11 multiplications instead of 25 for kernels of 5 pixels. For kernels of 3, 5 or 7 pixels without dilation and groups.
  ///
  /// This and `.winograd` run on the CPU in float32 and float64, and under autocast to bfloat16 where its vectors multiply
  /// such numbers (AVX-512, but no AMX); elsewhere the path is dense.
  case factorized
  /// Blocks of 2² outputs by 16 products instead of 36, with the expanded filter. For kernels of 3 pixels that move by one,
  /// without dilation and groups. A pixel that is not finite may spread to all four outputs of a block.
  case winograd
}
