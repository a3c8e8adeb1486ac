import SteerableKernels
import Tensors

/// What a convolution costs, in multiplications at the speed of the plain convolution.
///
/// Measured with one thread on a CPU with AVX-512, for images of 8² to 33² pixels: products of tiles are as fast as the
/// plain convolution, and what is around them costs a share for each channel. In bfloat16 products are twice as fast, and
/// what is around them is not. In the backward pass all parts occur twice, as in the plain convolution, so the ratios are
/// the same.
///
/// | layer | predicted | measured | in bfloat16 | measured |
/// |---|---|---|---|---|
/// | 192 → 256, 5², 11 functions | 2.1 | 1.9 to 2.4 | 2.0 | 1.7 |
/// | 192 → 192, 7², 18 functions | 2.4 | 2.2 | 2.3 | 1.8 |
/// | 184 → 184, 3², 6 functions | 1.4 | 1.3 | 1.3 | 1.2 |
/// | 176 → 256, 3², in blocks | 1.8 | 1.6 | 1.5 | 1.4 |
struct ConvolutionCost {
  private let dense: Double
  private let factorized: Double
  private let blocks: Double
  private let pixels: Int

  /// Of a function of the bank, and of a multiplication or pixel of its windows, for each input channel.
  private static let functionCost = 13.0
  private static let tapCost = 0.7
  /// Of the sums before and after products in blocks, for each channel of input and output.
  private static let blockCost = 83.0
  /// Of arranging a coefficient for its products, and a filter in 16 factors.
  private static let coefficientCost = 25.0
  private static let filterCost = 500.0
  /// Without the engine's products of blocks the general ones are so much slower.
  private static let generalProductSpeed = 0.8
  private static let vectorBytes = 64
  /// The model is good to about a tenth; below this gain the plain convolution stays.
  private static let worthwhileGain = 1.1
  /// Below this number of output pixels only the costs of a call count.
  private static let fewestPixels = 16

  /// The cost of a layer for `images` images with outputs of `sides` pixels.
  init(_ bank: FilterBank, inputs: Int, outputs: Int, type: DType, images: Int, sides: [Int]) {
    let points = bank.kernelSize * bank.kernelSize
    let lanes = Self.vectorBytes / (type == .float64 ? 8 : 4)
    func padded(_ channels: Int) -> Double { Double((channels + lanes - 1) / lanes * lanes) }
    let count = images * sides[0] * sides[1]
    let pairs = Double(inputs * outputs)
    let area = Double(max(1, count))
    let others = type == .bfloat16 ? 2.0 : 1.0
    let product = Tensor.multipliesBlocks(of: type) ? 1 : 1 / Self.generalProductSpeed
    let bankCost = Self.functionCost * Double(bank.count) + Self.tapCost * Double(bank.multiplications + points)
    let covered = Double(images * ((sides[0] + 1) / 2) * ((sides[1] + 1) / 2) * 4)
    pixels = count
    dense = Double(points) * pairs
    factorized =
      Double(bank.count) * pairs * (product + others * Self.coefficientCost / area) + others * bankCost * padded(inputs)
    blocks =
      4 * pairs * product * covered / area
      + others * (Self.filterCost * pairs / area + Self.blockCost * (padded(inputs) + padded(outputs)))
  }

  /// The fastest of some paths.
  func fastest(of paths: [ConvolutionPath]) -> ConvolutionPath {
    guard pixels >= Self.fewestPixels else { return .dense }
    let best = paths.min { cost($0) < cost($1) } ?? .dense
    return dense > Self.worthwhileGain * cost(best) ? best : .dense
  }

  private func cost(_ path: ConvolutionPath) -> Double {
    switch path {
    case .factorized: factorized
    case .winograd: blocks
    case .dense, .automatic: dense
    }
  }
}
