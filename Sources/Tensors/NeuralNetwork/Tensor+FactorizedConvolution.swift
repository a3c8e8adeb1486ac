internal import CTorchShim

extension Tensor {
  /// Convolves with filters that are sums of functions that all channels share: `Σ_s weight[o, s, c] · bank[s]`.
  ///
  /// The functions come first, tile by tile, then a matrix product. Gradients flow to self, weight and bias, twice.
  ///
  /// - Parameters:
  ///   - weight: `[out, functions · C]`, function by function.
  ///   - bank: The upper left quadrants of the functions in float64, by parity in rows and columns: both even, columns
  ///     odd, rows odd, both odd.
  ///   - counts: The four numbers of functions.
  ///   - kernelSize: 3, 5 or 7.
  ///   - padding: Rows and columns of zeros at each side.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, out, H', W']` in channels-last memory.
  ///
  /// **Traps**: when shapes or types do not fit, or self is not in float32 or float64 on the CPU.
  package func factorizedConv2d(
    _ weight: Tensor, bank: Tensor, counts: [Int], kernelSize: Int, bias: Tensor? = nil, stride: [Int], padding: [Int]
  ) -> Tensor {
    trapping(
      try withExtendedLifetime(bank.handle) { () throws(TorchError) -> Tensor in
        try produce("factorizedConv2d", self, weight, bias) {
          ts_factorized_convolution($0, $1, $2, bank.pointer, kernelSize, counts, stride, padding, $3)
        }
      })
  }
}
