internal import CTorchShim

extension Tensor {
  /// Convolves with filters that are sums of functions that all channels share: `Σ_s weight[o, s, c] · bank[s]`.
  ///
  /// The functions come first, tile by tile, then a matrix product. Gradients flow to self, weight and bias, twice.
  ///
  /// - Parameters:
  ///   - weight: `[out, functions · C]`, function by function; with the bias in self's type, or in float32 for self in
  ///     bfloat16. Sums are always made in the type of the weight.
  ///   - bank: The upper left quadrants of the functions in float64, by parity in rows and columns: both even, columns
  ///     odd, rows odd, both odd.
  ///   - counts: The four numbers of functions.
  ///   - kernelSize: 3, 5 or 7.
  ///   - padding: Rows and columns of zeros at each side.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, out, H', W']` in channels-last memory.
  ///
  /// **Traps**: when shapes or types do not fit, or self is not on the CPU in a type of `hasFactorizedConv2d(in:)`.
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

  /// Whether `factorizedConv2d` takes images of a type on this machine.
  ///
  /// Float32 and float64 everywhere. Bfloat16 where vectors multiply it (AVX-512), unless matrix units do (AMX): these are
  /// so fast that what is saved on products is lost on the rest.
  package static func hasFactorizedConv2d(in type: DType) -> Bool { ts_factorized_convolution_takes(type.code) }

  /// Whether products of tiles in a type are made by the engine's kernels for blocks, not by the slower general ones.
  package static func multipliesBlocks(of type: DType) -> Bool { ts_multiplies_blocks(type.code) }
}
