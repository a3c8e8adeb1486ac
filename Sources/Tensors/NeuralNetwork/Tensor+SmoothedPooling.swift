internal import CTorchShim

extension Tensor {
  /// The maximum over windows that move by single pixels, then the same filter on every channel, which leaves pixels out.
  ///
  /// Both in one pass: the maxima exist for a few rows at a time, and are computed again for the gradient. Gradients flow
  /// to self, twice.
  ///
  /// - Parameters:
  ///   - size: The edge of the windows of the maximum; 1 leaves it out.
  ///   - padding: Pixels at each side that never are the maximum.
  ///   - filter: Row-major, as many rows as columns.
  ///   - margin: Rows and columns of zeros around the maxima.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C, H', W']` in channels-last memory.
  ///
  /// **Traps**: unless self is on the CPU in float32, float64 or bfloat16 and as large as the windows.
  package func smoothedMaxPool2d(
    _ size: Int, padding: Int = 0, filter: [Double], stride: Int, margin: [Int]
  ) -> Tensor {
    let taps = Int(Double(filter.count).squareRoot().rounded())
    Torch.require(
      taps * taps == filter.count && margin.count == 2, "smoothedMaxPool2d: \(filter.count) numbers are no square")
    return trapping(
      try produce("smoothedMaxPool2d", self) {
        ts_smoothed_max_pool($0, size, padding, filter, taps, stride, margin, $1)
      })
  }
}
