public import Foundation

/// Digits in random orientations: 12,000 images to learn from and 50,000 for testing.
///
/// `make` derives them from MNIST: all 70,000 images in random order, the first ones for training, the next for validation,
/// the next 50,000 for testing, none twice; each turned by an angle drawn evenly from 0 to 360 degrees, bilinearly about its
/// center. Everything follows from the seed. `loadOriginal` reads the files of the original benchmark.
///
/// **Reference**: Larochelle et al. 2007, "An empirical evaluation of deep architectures on problems with many factors of
/// variation".
public enum RotatedMNIST {
  /// Where the original files can be had.
  public static let source =
    "get mnist_all_rotation_normalized_float_train_valid.amat and mnist_all_rotation_normalized_float_test.amat from "
    + "http://www.iro.umontreal.ca/~lisa/icml2007data/mnist_rotation_new.zip, or use the set made from MNIST"

  /// The seed of the set that results are quoted for.
  public static let standardSeed: UInt64 = 2007

  /// Makes the data set from MNIST's files in `folder`.
  ///
  /// - Parameter validationCount: how many of the 12,000 training images are kept for validation (2,000 leaves 10,000).
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong, or if more images are asked for than there are.
  ///
  /// **Complexity**: below a second for all 62,000 images on two cores.
  public static func make(
    from folder: URL, trainingCount: Int = 12_000, validationCount: Int = 0, testCount: Int = 50_000,
    seed: UInt64 = standardSeed
  ) throws(DatasetError) -> DatasetSplits {
    let all = try MNIST.load(.training, from: folder).appending(try MNIST.load(.test, from: folder))
    guard trainingCount >= 0, testCount >= 0, (0...trainingCount).contains(validationCount),
      trainingCount + testCount <= all.count
    else {
      throw .invalid(
        "rotated MNIST: \(trainingCount) training images, \(validationCount) of them for validation, and \(testCount) test "
          + "images; expected at most \(all.count) in all and no more for validation than for training")
    }
    var rng = SeededGenerator(seed: seed, stream: 0)
    let order = rng.permutation(all.count)
    let fitCount = trainingCount - validationCount
    func part(_ range: Range<Int>, _ name: String) -> ImageDataset {
      rotatedAtRandom(all.subset(Array(order[range]), name: "rotated-mnist-\(name)"), sources: order[range], seed: seed)
    }
    return DatasetSplits(
      training: part(0..<fitCount, "training"), validation: part(fitCount..<trainingCount, "validation"),
      test: part(trainingCount..<(trainingCount + testCount), "test"))
  }

  /// Turns each image by an angle that follows from the seed and its number in MNIST.
  private static func rotatedAtRandom(
    _ dataset: ImageDataset, sources: ArraySlice<Int>, seed: UInt64
  ) -> ImageDataset {
    let size = dataset.imageShape.count
    let sources = Array(sources)
    let values = Parallel.floats(blocks: dataset.count, of: size) { index, output in
      var rng = SeededGenerator(seed: seed, stream: 1, sources[index])
      let rotation = ImageRotation(degrees: rng.uniform(0, 360), shape: dataset.imageShape)
      dataset.images.withUnsafeBufferPointer { input in
        rotation.apply(UnsafeBufferPointer(rebasing: input[(index * size)..<((index + 1) * size)]), into: output)
      }
    }
    return ImageDataset(
      uncheckedName: dataset.name, images: values, labels: dataset.labels, classNames: dataset.classNames,
      imageShape: dataset.imageShape)
  }
}

extension RotatedMNIST {
  /// Reads the original benchmark's files: 12,000 training images (the last `validationCount` for validation), 50,000 test.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong.
  public static func loadOriginal(
    from folder: URL, validationCount: Int = 0
  ) throws(DatasetError) -> DatasetSplits {
    func load(_ part: String) throws(DatasetError) -> ImageDataset {
      let name = "mnist_all_rotation_normalized_float_\(part).amat"
      let file = try DataFolder.file(
        [name, name + ".gz"], in: folder, subfolders: ["mnist_rotation_new", "rotated_mnist"], source: source)
      return try AMATFile.read(file, imageShape: MNIST.imageShape, classNames: MNIST.classNames)
    }
    let all = try load("train_valid")
    guard (0...all.count).contains(validationCount) else {
      throw .invalid("rotated MNIST: \(validationCount) validation images of \(all.count) for training")
    }
    let fitCount = all.count - validationCount
    return DatasetSplits(
      training: all.subset(Array(0..<fitCount)), validation: all.subset(Array(fitCount..<all.count)),
      test: try load("test"))
  }
}
