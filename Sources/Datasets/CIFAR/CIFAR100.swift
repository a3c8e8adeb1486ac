public import Foundation

/// The photographs of CIFAR-100: 50,000 training and 10,000 test images of 100 (fine) classes, 3×32×32, values 0 to 1.
///
/// **Reference**: Krizhevsky 2009, "Learning multiple layers of features from tiny images".
public enum CIFAR100 {
  /// Where the files can be had.
  public static let source =
    "get cifar-100-binary.tar.gz (MD5 03b5dce01913d631647c71ecec9e9cb8) from "
    + "https://www.cs.toronto.edu/~kriz/cifar.html; it need not be unpacked"

  /// The fine classes.
  public static let classNames = [
    "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy",
    "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock",
    "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur", "dolphin", "elephant", "flatfish", "forest",
    "fox", "girl", "hamster", "house", "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion", "lizard",
    "lobster", "man", "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid",
    "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy", "porcupine", "possum",
    "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper",
    "snail", "snake", "spider", "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone",
    "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf",
    "woman", "worm",
  ]
  /// The size of an image.
  public static let imageShape = CIFARFile.imageShape
  /// Mean and standard deviation over the training images.
  public static let statistics = ImageStatistics(
    mean: [0.5071, 0.4865, 0.4409], standardDeviation: [0.2673, 0.2564, 0.2762])
  /// The published number of images of each part.
  public static let counts: [DatasetPart: Int] = [.training: 50_000, .test: 10_000]

  private static let format = CIFARFile(
    labelBytes: 2, classNames: classNames,
    distribution: Distribution(
      subfolders: ["cifar-100-binary", "cifar100"], archive: "cifar-100-binary.tar.gz", source: source))

  /// The names of the published files of a part.
  public static func fileNames(_ part: DatasetPart) -> [String] { [part == .training ? "train.bin" : "test.bin"] }

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
    return try format.load(files, name: "cifar100-\(part.rawValue)")
  }
}
