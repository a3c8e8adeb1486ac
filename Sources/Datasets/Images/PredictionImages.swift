/// Images in memory with what is to be predicted of each: what a trainer learns from and an evaluator tests on.
///
/// `ImageDataset` has a class for each image. A data set of quantities conforms by giving them in `batch`; random changes
/// that act on images and quantities together are its own business, and follow from seed, epoch and index alone, so that a
/// resumed run sees the same.
public protocol PredictionImages: Sendable {
  /// The name, for messages and reports.
  var name: String { get }
  /// The number of images.
  var count: Int { get }
  /// The size of each image.
  var imageShape: ImageShape { get }
  /// What is to be predicted.
  var task: PredictionTask { get }
  /// A checksum of what is to be predicted, by which a resumed run knows its data.
  var targetsChecksum: UInt32 { get }

  /// Returns images with what is to be predicted of them, unchanged.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  func batch(_ indices: [Int]) -> ImageBatch

  /// Returns images as they are learned from: with the random changes of the data set's own, if it has any.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  func trainingBatch(_ indices: [Int], seed: UInt64, epoch: Int) -> ImageBatch
}

extension PredictionImages {
  /// The images unchanged.
  public func trainingBatch(_ indices: [Int], seed: UInt64, epoch: Int) -> ImageBatch { batch(indices) }
}
