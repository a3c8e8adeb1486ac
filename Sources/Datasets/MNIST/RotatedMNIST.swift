public import Foundation

/// Digits in random orientations: 12,000 images to learn from and 50,000 for testing.
///
/// `make` derives them from MNIST: all 70,000 images in random order, the first ones for training, the next for validation,
/// the next 50,000 for testing, none twice; each turned by an angle drawn evenly from 0 to 360 degrees, or from a smaller
/// range around 0, bilinearly about its center. Everything follows from the seed. `loadOriginal` reads the files of the original benchmark.
///
/// **Reference**: Larochelle et al. 2007, "An empirical evaluation of deep architectures on problems with many factors of
/// variation".
public enum RotatedMNIST {
  /// What is subtracted from rotated digits before a network sees them, and what they are divided by, if wanted.
  public static let statistics = ImageStatistics(mean: [0.13], standardDeviation: [0.297])

  /// Where the original files can be had.
  public static let source =
    "get mnist_all_rotation_normalized_float_train_valid.amat and mnist_all_rotation_normalized_float_test.amat from "
    + "http://www.iro.umontreal.ca/~lisa/icml2007data/mnist_rotation_new.zip, or use the set made from MNIST"

  /// The seed of the set that results are quoted for.
  public static let standardSeed: UInt64 = 2007

  /// Makes the data set from MNIST's files in `folder`.
  ///
  /// - Parameters:
  ///   - folder: where MNIST's four files are, or its subfolder `mnist`.
  ///   - trainingCount: how many images are for training and validation together.
  ///   - validationCount: how many of them are kept for validation (2,000 leaves 10,000).
  ///   - testCount: how many images are for testing.
  ///   - rotation: the largest angle each way in degrees; 180 turns by any angle.
  ///   - seed: decides the angles and which digits are where; results are quoted for the standard one.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong, or if more images are asked for than there are.
  ///
  /// **Complexity**: about a second for all 62,000 images on two cores, most of it to decompress the files.
  public static func make(
    from folder: URL, trainingCount: Int = 12_000, validationCount: Int = 0, testCount: Int = 50_000,
    rotation: Double = 180, seed: UInt64 = standardSeed
  ) throws(DatasetError) -> DatasetSplits {
    let first = try MNIST.read(.training, from: folder)
    let second = try MNIST.read(.test, from: folder)
    let count = first.labels.count + second.labels.count
    guard trainingCount >= 0, testCount >= 0, (0...trainingCount).contains(validationCount),
      trainingCount + testCount <= count
    else {
      throw .invalid(
        "rotated MNIST: \(trainingCount) training images, \(validationCount) of them for validation, and \(testCount) test "
          + "images; expected at most \(count) in all and no more for validation than for training")
    }
    var rng = SeededGenerator(seed: seed, stream: 0)
    let order = rng.permutation(count)
    let fitCount = trainingCount - validationCount
    func part(_ range: Range<Int>, _ name: String) -> ImageDataset {
      let sources = Array(order[range])
      let boundary = first.labels.count
      return ImageDataset(
        uncheckedName: "rotated-mnist-\(name)",
        images: rotatedAtRandom(
          sources, of: [first.pixels, second.pixels], boundary: boundary,
          rotation: rotation, seed: seed),
        labels: sources.map { $0 < boundary ? first.labels[$0] : second.labels[$0 - boundary] },
        classNames: MNIST.classNames, imageShape: MNIST.imageShape)
    }
    return DatasetSplits(
      training: part(0..<fitCount, "training"), validation: part(fitCount..<trainingCount, "validation"),
      test: part(trainingCount..<(trainingCount + testCount), "test"))
  }

  /// Returns the images with the given numbers, each turned by an angle that follows from the seed and its number.
  ///
  /// Images below `boundary` lie in the first part, the others in the second.
  private static func rotatedAtRandom(
    _ sources: [Int], of parts: [[UInt8]], boundary: Int, rotation: Double, seed: UInt64
  ) -> [Float] {
    let shape = MNIST.imageShape
    let size = shape.count
    return Parallel.floats(blocks: sources.count, of: size) { index, output in
      let source = sources[index]
      var rng = SeededGenerator(seed: seed, stream: 1, source)
      let degrees = rotation >= 180 ? rng.uniform(0, 360) : rng.uniform(-rotation, rotation)
      let rotation = ImageRotation(degrees: degrees, shape: shape)
      let start = (source < boundary ? source : source - boundary) * size
      withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { image in
        parts[source < boundary ? 0 : 1].withUnsafeBufferPointer { pixels in
          for pixel in 0..<size { image.initializeElement(at: pixel, to: Float(pixels[start + pixel]) / 255) }
        }
        rotation.apply(UnsafeBufferPointer(image), into: output)
      }
    }
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
