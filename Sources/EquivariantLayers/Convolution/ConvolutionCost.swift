import SteerableKernels

/// What a convolution costs for one output pixel, in multiplications at the speed of the plain convolution.
///
/// Measured with one thread on a CPU with AVX-512, in float32 and for images of 13² to 28² pixels: matrix products of
/// tiles run at 0.82 of the plain convolution's speed, and the bank takes two units for each of its multiplications and
/// each pixel of its window, for whole vectors of channels. So a layer of 192 → 384 channels is predicted to win a factor of
/// 1.6 with 11 functions of 5² pixels, 64 → 128 channels 1.7 with 18 functions of 7², 192 → 192 channels 1.1 with 6
/// functions of 3². In the backward pass both parts occur twice, as in the plain convolution, so the ratio is the same.
struct ConvolutionCost {
  let dense: Double
  let factorized: Double

  private static let productSpeed = 0.82
  private static let bankCost = 2.0
  private static let vectorBytes = 64
  /// The model is good to about a tenth; below this gain the plain convolution stays.
  private static let worthwhileGain = 1.2
  /// Below this number of output pixels the costs of a call count.
  private static let fewestPixels = 128

  init(_ bank: FilterBank, inputs: Int, outputs: Int, bytes: Int) {
    let points = bank.kernelSize * bank.kernelSize
    let lanes = Self.vectorBytes / bytes
    let paddedInputs = (inputs + lanes - 1) / lanes * lanes
    dense = Double(points * inputs * outputs)
    factorized =
      Double(bank.count * inputs * outputs) / Self.productSpeed
      + Self.bankCost * Double((bank.multiplications + points) * paddedInputs)
  }

  /// Whether the factorized convolution is worth its while for that many output pixels.
  func prefersFactorized(pixels: Int) -> Bool {
    pixels >= Self.fewestPixels && dense > Self.worthwhileGain * factorized
  }
}
