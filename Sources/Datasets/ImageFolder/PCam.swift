public import Foundation

/// PatchCamelyon as image folders: patches of lymph nodes, 3×96×96, with tumor tissue in the middle (1) or without (0).
///
/// The folders are `train`, `valid` and `test`, each with a folder for class `0` and `1`.
///
/// **Reference**: Veeling et al. 2018, "Rotation equivariant CNNs for digital pathology".
public enum PCam {
  /// Where the images can be had.
  public static let source =
    "get PatchCamelyon from https://github.com/basveeling/pcam (CC0) and write its images as PCam/{train,valid,test}/"
    + "{0,1}/NAME.png"

  /// The parts of the data set.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// The images to learn from.
    case training = "train"
    /// The images that choose among networks.
    case validation = "valid"
    /// The images to test with.
    case test
  }

  /// The classes, which are the names of their folders too.
  public static let classNames = ["0", "1"]
  /// The size of an image.
  public static let imageShape = ImageShape(channels: 3, height: 96, width: 96)
  /// Mean and standard deviation over the training images.
  public static let statistics = ImageStatistics(
    mean: [0.701, 0.538, 0.692], standardDeviation: [0.235, 0.277, 0.213])
  /// The published number of images of each part.
  public static let counts: [Part: Int] = [.training: 262_144, .validation: 32_768, .test: 32_768]

  /// Reads some images of each part, drawn at random if not all are asked for; classes keep their shares on average.
  ///
  /// - Parameter memory: The bytes that all images may take; nil takes half of the machine's memory.
  ///
  /// **Throws**: `DatasetError` if a folder or file is missing or wrong, or if the images would take too much memory: that is
  /// checked before any is read.
  public static func load(
    training: Int, validation: Int, test: Int, seed: UInt64, from folder: URL, memory: Int? = nil
  ) throws(DatasetError) -> DatasetSplits {
    try ImageFolder.checkMemory(training + validation + test, shape: imageShape, name: "PCam", memory: memory)
    let places = [folder, folder.appending(path: "PCam"), folder.appending(path: "pcam")]
    let root = places.first { FileManager.default.fileExists(atPath: $0.appending(path: "train").path) } ?? folder
    let wanted: [(part: Part, count: Int)] = [(.training, training), (.validation, validation), (.test, test)]
    // All folders are listed before the first image is read.
    var folders: [ImageFolder?] = []
    for (part, count) in wanted {
      guard count > 0 else {
        folders.append(nil)
        continue
      }
      let found = try ImageFolder(root.appending(path: part.rawValue), classNames: classNames, source: source)
      guard found.count >= count else {
        throw .invalid("PCam: \(found.url.path) has \(found.count) images, \(count) are asked for")
      }
      folders.append(found)
    }
    var parts: [ImageDataset] = []
    for (place, (part, count)) in zip(folders, wanted) {
      let name = "pcam-\(part.rawValue)"
      guard let place else {
        parts.append(
          ImageDataset(uncheckedName: name, images: [], labels: [], classNames: classNames, imageShape: imageShape))
        continue
      }
      parts.append(try place.load(name: name, shape: imageShape, count: count, seed: seed, memory: .max))
    }
    return DatasetSplits(training: parts[0], validation: parts[1], test: parts[2])
  }
}
