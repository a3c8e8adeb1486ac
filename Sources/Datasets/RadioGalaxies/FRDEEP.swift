public import Foundation

/// FR-DEEP: 600 radio galaxies, FR I or FR II, each seen by two surveys, 1×150×150, values 0 to 1.
///
/// **Reference**: Tang, Scaife and Leahy 2019, "Transfer learning for radio galaxy classification", arXiv 1903.11921.
public enum FRDEEP {
  /// The surveys that the images come from.
  public enum Survey: String, Codable, CaseIterable, Hashable, Sendable {
    /// Faint Images of the Radio Sky at Twenty-Centimeters: 5 arc seconds of resolution.
    case first
    /// The NRAO VLA Sky Survey: 45 arc seconds of resolution.
    case nvss

    /// Mean and standard deviation over the training images; those of FIRST as the published configurations have them.
    public var statistics: ImageStatistics {
      switch self {
      case .first: ImageStatistics(mean: [0.0019], standardDeviation: [0.0270])
      case .nvss: ImageStatistics(mean: [0.0014], standardDeviation: [0.0224])
      }
    }

    /// Where the files can be had.
    public var source: String {
      "get \(archive) (MD5 \(checksum)) from https://github.com/HongmingTang060313/FR-DEEP; it need not be unpacked"
    }

    private var folder: String { self == .first ? "FIRST_PNG_dataset" : "NVSS_PNG_dataset" }

    private var archive: String { folder + ".tar.gz" }

    private var checksum: String {
      self == .first ? "2f39461e6c62fb45289559915106013a" : "2584ed1e174ea71f581d0e0d6f32ef38"
    }

    fileprivate var batches: PickledBatches {
      PickledBatches(
        name: "FR-DEEP (\(rawValue.uppercased()))", trainingBatches: 11, labelNames: FRDEEP.classNames,
        distribution: Distribution(
          subfolders: [folder, "frdeep", "frdeep/\(folder)"], archive: archive, source: source),
        releases: [checksum: "the published release"], isOnlyRelease: true)
    }
  }

  /// The classes.
  public static let classNames = ["FRI", "FRII"]
  /// The size of an image as it is published.
  public static let imageShape = MiraBest.imageShape
  /// The published number of images of each part.
  public static let counts: [DatasetPart: Int] = [.training: 550, .test: 50]

  /// Reads both parts from a folder that holds the survey's archive, or its files in a folder of the archive's name.
  ///
  /// An archive must have the published checksum.
  ///
  /// - Parameters:
  ///   - survey: which images of the sources.
  ///   - crop: the side of the square that is cut from the center.
  ///   - padding: the rows and columns of zeros that are added below and at the right.
  ///   - folder: where the files are.
  ///
  /// **Throws**: `DatasetError` if a file is missing, damaged or of another form; nothing in a pickle is executed.
  public static func load(
    _ survey: Survey, crop: Int = imageShape.width, padding: Int = 0, from folder: URL
  ) throws(DatasetError) -> (training: ImageDataset, test: ImageDataset) {
    let (training, test) = try survey.batches.read(from: folder) { $0 }
    try training.checkClasses(classNames, of: "FR-DEEP (\(survey.rawValue.uppercased()))")
    func dataset(_ images: RadioGalaxyImages, _ part: DatasetPart) -> ImageDataset {
      images.dataset(
        name: "frdeep-\(survey.rawValue)-\(part.rawValue)", classNames: classNames, crop: crop, padding: padding)
    }
    return (dataset(training, .training), dataset(test, .test))
  }

  /// Which files `load` reads from a folder; nil if there are none.
  ///
  /// **Throws**: `DatasetError` if the archive cannot be read, or is damaged.
  public static func release(of survey: Survey, in folder: URL) throws(DatasetError) -> RadioGalaxyRelease? {
    guard let url = survey.batches.location(in: folder) else { return nil }
    return try survey.batches.release(at: url)
  }
}
