/// A batch of images in memory, ready for a network.
public struct LoadedBatch: Hashable, Sendable {
  /// The epoch, from 0.
  public let epoch: Int
  /// The number of the batch in its epoch, from 0.
  public let batch: Int
  /// Which images of the data set these are.
  public let indices: [Int]
  /// The values, augmented and normalized, image after image.
  public let values: [Float]
  /// What is to be predicted of each image.
  public let targets: ImageBatch.Targets
  /// The size of each image.
  public let imageShape: ImageShape

  /// The number of images.
  public var count: Int { indices.count }

  /// The class of each image; empty where quantities are predicted.
  public var classLabels: [Int] {
    if case .classes(let labels) = targets { labels } else { [] }
  }
}
