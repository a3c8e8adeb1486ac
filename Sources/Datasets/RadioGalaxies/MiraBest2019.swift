public import Foundation

/// The batches of 2019 from which MiraBest grew: 792 radio galaxies of the FIRST survey, FR I or FR II, 1×150×150, values
/// 0 to 1.
///
/// The release carries the checksums of its files (`hash.md5`); they are compared wherever that list lies beside them.
public enum MiraBest2019 {
  /// Where the files can be had.
  public static let source =
    "name the archive of the batches of 2019 mirabest_2019_batches.tar.gz, or unpack it (a folder batches of "
    + "data_batch_1 to data_batch_8)"

  /// The classes.
  public static let classNames = ["FRI", "FRII"]
  /// The size of an image as it is published.
  public static let imageShape = MiraBest.imageShape
  /// Mean and standard deviation over the training images.
  public static let statistics = ImageStatistics(mean: [0.0028], standardDeviation: [0.0326])
  /// The published number of images of each part.
  public static let counts: [DatasetPart: Int] = [.training: 704, .test: 88]

  private static let batches = PickledBatches(
    name: "MiraBest of 2019", trainingBatches: 8, labelNames: classNames,
    distribution: Distribution(
      subfolders: ["batches", "mirabest", "mirabest/batches"], archive: "mirabest_2019_batches.tar.gz", source: source),
    releases: [:], isOnlyRelease: false, hasChecksums: true)

  /// Reads both parts from a folder that holds the archive, or its files in a folder `batches`.
  ///
  /// - Parameters:
  ///   - crop: the side of the square that is cut from the center.
  ///   - padding: the rows and columns of zeros that are added below and at the right.
  ///   - folder: where the files are.
  ///
  /// **Throws**: `DatasetError` if a file is missing, damaged or of another form; nothing in a pickle is executed.
  public static func load(
    crop: Int = imageShape.width, padding: Int = 0, from folder: URL
  ) throws(DatasetError) -> (training: ImageDataset, test: ImageDataset) {
    let (training, test) = try batches.read(from: folder) { $0 }
    try training.checkClasses(classNames, of: "MiraBest of 2019")
    return (
      training.dataset(name: "mirabest-2019-training", classNames: classNames, crop: crop, padding: padding),
      test.dataset(name: "mirabest-2019-test", classNames: classNames, crop: crop, padding: padding)
    )
  }

  /// Which files `load` reads from a folder; nil if there are none.
  ///
  /// **Throws**: `DatasetError` if the archive cannot be read.
  public static func release(in folder: URL) throws(DatasetError) -> RadioGalaxyRelease? {
    guard let url = batches.location(in: folder) else { return nil }
    return try batches.release(at: url)
  }
}
