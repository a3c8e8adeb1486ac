public import Foundation

/// The handwritten digits of MNIST: 60,000 training and 10,000 test images, 1×28×28, values 0 to 1.
///
/// **Reference**: LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document recognition".
public enum MNIST {
  /// One of the two parts as published.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// The first part of each file's name.
    case training = "train"
    /// The part for testing.
    case test = "t10k"
  }

  /// Where the files can be had.
  public static let source =
    "get train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz "
    + "from https://ossci-datasets.s3.amazonaws.com/mnist/ and put them into one folder"

  /// The digits.
  public static let classNames = (0..<10).map(String.init)
  /// The size of an image.
  public static let imageShape = ImageShape(height: 28, width: 28)
  /// Mean and standard deviation over the training images.
  public static let statistics = ImageStatistics(mean: [0.1307], standardDeviation: [0.3081])

  /// Reads one part from a folder that holds the idx files (gzipped or not), directly or in `mnist` or `MNIST/raw`.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong.
  public static func load(_ part: Part, from folder: URL) throws(DatasetError) -> ImageDataset {
    let (pixels, labels) = try read(part, from: folder)
    // A table instead of a division: 47 million values.
    let table = (0..<256).map { Float($0) / 255 }
    let values = [Float](unsafeUninitializedCapacity: pixels.count) { output, filled in
      pixels.withUnsafeBufferPointer { input in
        table.withUnsafeBufferPointer { table in
          for index in 0..<input.count { output[index] = table[Int(input[index])] }
        }
      }
      filled = pixels.count
    }
    return ImageDataset(
      uncheckedName: "mnist-\(part.rawValue)", images: values, labels: labels, classNames: classNames,
      imageShape: imageShape)
  }

  /// Returns the pixels and labels of one part as the files hold them.
  static func read(_ part: Part, from folder: URL) throws(DatasetError) -> (pixels: [UInt8], labels: [Int]) {
    func file(_ kind: String) throws(DatasetError) -> URL {
      let name = "\(part.rawValue)-\(kind)-ubyte"
      return try DataFolder.file(
        [name + ".gz", name], in: folder, subfolders: ["mnist", "MNIST/raw"], source: source)
    }
    let imageFile = try file("images-idx3")
    let labelFile = try file("labels-idx1")
    let (pixels, shape) = try IDXFile.read(imageFile, rank: 3)
    guard shape[1] == imageShape.height, shape[2] == imageShape.width else {
      throw .malformed(
        path: imageFile.path, location: "byte 8 of the contents",
        problem: "the images have \(shape[1])×\(shape[2]) pixels",
        expected: "28×28")
    }
    let (bytes, labelShape) = try IDXFile.read(labelFile, rank: 1)
    guard labelShape[0] == shape[0] else {
      throw .malformed(
        path: labelFile.path, location: "byte 4 of the contents",
        problem: "\(labelShape[0]) labels for \(shape[0]) images in \(imageFile.lastPathComponent)",
        expected: "\(shape[0]) labels")
    }
    if let bad = bytes.firstIndex(where: { $0 > 9 }) {
      throw .malformed(
        path: labelFile.path, location: "byte \(8 + bad) of the contents", problem: "the label is \(bytes[bad])",
        expected: "0 to 9")
    }
    return (pixels, bytes.map(Int.init))
  }
}
