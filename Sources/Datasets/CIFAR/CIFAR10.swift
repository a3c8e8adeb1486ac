public import Foundation

/// The photographs of CIFAR-10: 50,000 training and 10,000 test images, 3×32×32, values 0 to 1.
///
/// **Reference**: Krizhevsky 2009, "Learning multiple layers of features from tiny images".
public enum CIFAR10 {
  /// Where the files can be had.
  public static let source =
    "get cifar-10-binary.tar.gz (170,052,171 bytes, MD5 c32a1d4ab5d03f1284b67883e8d87530) from "
    + "https://www.cs.toronto.edu/~kriz/cifar.html; it need not be unpacked"

  /// The classes.
  public static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  /// The size of an image.
  public static let imageShape = CIFARFile.imageShape
  /// Mean and standard deviation over the training images.
  public static let statistics = ImageStatistics(
    mean: [0.4914, 0.4822, 0.4465], standardDeviation: [0.2470, 0.2435, 0.2616])
  /// The published number of images of each part.
  public static let counts: [DatasetPart: Int] = [.training: 50_000, .test: 10_000]

  private static let format = CIFARFile(
    labelBytes: 1, classNames: classNames,
    distribution: Distribution(
      subfolders: ["cifar-10-batches-bin", "cifar10", "cifar10_subset"], archive: "cifar-10-binary.tar.gz",
      source: source))

  /// The names of the published files of a part.
  public static func fileNames(_ part: DatasetPart) -> [String] {
    part == .training ? (1...5).map { "data_batch_\($0).bin" } : ["test_batch.bin"]
  }

  /// Reads one part from a folder that holds the binary version: its archive, or the files in it.
  ///
  /// - Parameters:
  ///   - part: which images.
  ///   - folder: where the archive or its files are.
  ///   - files: the names of other files with records of the same kind; nil for the published ones.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong.
  public static func load(
    _ part: DatasetPart, from folder: URL, files: [String]? = nil
  ) throws(DatasetError) -> ImageDataset {
    let files = try format.distribution.files(files ?? fileNames(part), in: folder)
    return try format.load(files, name: "cifar10-\(part.rawValue)")
  }
}
