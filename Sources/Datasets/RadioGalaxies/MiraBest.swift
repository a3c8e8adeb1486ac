public import Foundation

/// MiraBest: 1,256 radio galaxies of the FIRST survey, classified by hand, 1×150×150, values 0 to 1.
///
/// Two releases have the same classes in each batch and the same sizes, but other sources in each; this is read from
/// either, from the archive or from the files in it, and from one `.npz` file of the arrays `images` [N, 150, 150],
/// `labels` [N] and `batch` [N] (0 to 6 for training, 7 for the test).
///
/// **Reference**: Porter and Scaife 2020, Zenodo 4288837; Miraghaei and Best 2017, MNRAS 466, 4346.
public enum MiraBest {
  /// Where the files can be had.
  public static let source =
    "get MiraBest_full_batches.tar.gz from https://zenodo.org/records/4288837 (MD5 "
    + "965b5daa83b9d8622bb407d718eecb51 for the first release); it need not be unpacked"

  /// The codes of the ten classes in the order of their labels: FR class (1, 2, or 3 for a hybrid), confident (0) or
  /// uncertain (1), and shape (0 standard, 1 double-double, 2 wide-angle tail, 4 head-tail).
  public static let codes = ["100", "102", "104", "110", "112", "200", "201", "210", "300", "310"]
  /// The size of an image as it is published.
  public static let imageShape = ImageShape(height: RadioGalaxyImages.side, width: RadioGalaxyImages.side)
  /// Mean and standard deviation of the confident sources, as the published configurations have them.
  public static let statistics = ImageStatistics(mean: [0.0031], standardDeviation: [0.0350])

  /// The published checksum is that of the first release; others with the same contents exist.
  private static let batches = PickledBatches(
    name: "MiraBest", trainingBatches: 7, labelNames: codes,
    distribution: Distribution(
      subfolders: ["batches", "mirabest", "mirabest/batches"], archive: "MiraBest_full_batches.tar.gz", source: source),
    releases: ["965b5daa83b9d8622bb407d718eecb51": "the first release"], isOnlyRelease: false)
  private static let arrays = "mirabest_full.npz"

  /// Reads both parts from a folder that holds the archive, its files in a folder `batches`, or `mirabest_full.npz`.
  ///
  /// - Parameters:
  ///   - selection: which classes, and how they are told apart.
  ///   - crop: the side of the square that is cut from the center.
  ///   - padding: the rows and columns of zeros that are added below and at the right.
  ///   - folder: where the files are.
  ///
  /// **Throws**: `DatasetError` if a file is missing, damaged or of another form; nothing in a pickle is executed.
  public static func load(
    _ selection: Selection, crop: Int = imageShape.width, padding: Int = 0, from folder: URL
  ) throws(DatasetError) -> (training: ImageDataset, test: ImageDataset) {
    let (training, test): (RadioGalaxyImages, RadioGalaxyImages)
    if let url = arraysLocation(in: folder) {
      (training, test) = try MiraBestArrays(url).selected(selection.label)
    } else {
      (training, test) = try batches.read(from: folder, label: selection.label)
    }
    try training.checkClasses(selection.classNames, of: "MiraBest (\(selection.rawValue))")
    func dataset(_ images: RadioGalaxyImages, _ part: DatasetPart) -> ImageDataset {
      images.dataset(
        name: "mirabest-\(selection.rawValue)-\(part.rawValue)", classNames: selection.classNames, crop: crop,
        padding: padding)
    }
    return (dataset(training, .training), dataset(test, .test))
  }

  /// Which files `load` reads from a folder, and the release that they are of; nil if there are none.
  ///
  /// **Throws**: `DatasetError` if the archive cannot be read.
  public static func release(in folder: URL) throws(DatasetError) -> RadioGalaxyRelease? {
    if let url = arraysLocation(in: folder) { return RadioGalaxyRelease(path: url.path) }
    guard let url = batches.location(in: folder) else { return nil }
    return try batches.release(at: url)
  }

  /// The arrays are read only where there are no batches.
  private static func arraysLocation(in folder: URL) -> URL? {
    batches.location(in: folder) == nil ? batches.distribution.location(of: arrays, in: folder) : nil
  }
}
