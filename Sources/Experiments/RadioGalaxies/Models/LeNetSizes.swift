public import Datasets

/// The sides of a LeNet's maps: two convolutions with a margin of one pixel, each followed by pooling by 2.
///
/// Both sorts of pooling, plain and antialiased, give half of the side, rounded down.
public struct LeNetSizes: Hashable, Sendable {
  /// The side of the images.
  public let image: Int
  /// The sides after the first convolution, its pooling, the second convolution and its pooling.
  public let maps: [Int]

  /// The number of fields after the second convolution.
  static let channels = 16

  /// The numbers that the fully connected layers see.
  public var features: Int { Self.channels * maps[3] * maps[3] }

  /// Computes the sides.
  ///
  /// **Throws**: `ModelError.notSquare` or `ModelError.tooSmall`.
  public init(_ shape: ImageShape, kernelSize: Int) throws(ModelError) {
    guard shape.isSquare else { throw .notSquare(network: "a LeNet", image: "\(shape)") }
    image = shape.height
    let first = shape.height + 3 - kernelSize
    let second = first / 2 + 3 - kernelSize
    maps = [first, first / 2, second, second / 2]
    guard second >= 2 else {
      throw .tooSmall(
        network: "a LeNet with kernels of \(kernelSize) pixels", side: image, smallest: 3 * kernelSize - 5)
    }
  }
}
