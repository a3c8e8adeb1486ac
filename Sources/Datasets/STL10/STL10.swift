public import Foundation
internal import Interchange

/// The labeled photographs of STL-10: 5,000 training and 8,000 test images, 3×96×96, values 0 to 1.
///
/// **Reference**: Coates, Lee, Ng 2011, "An analysis of single-layer networks in unsupervised feature learning".
public enum STL10 {
  /// Where the files can be had.
  public static let source =
    "get stl10_binary.tar.gz (MD5 91f7769df0f17e558f3565bffb0c7dfb) from https://cs.stanford.edu/~acoates/stl10/; it "
    + "need not be unpacked"

  /// The classes.
  public static let classNames = [
    "airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck",
  ]
  /// The size of an image.
  public static let imageShape = ImageShape(channels: 3, height: 96, width: 96)
  /// Mean and standard deviation over the labeled training images.
  public static let statistics = ImageStatistics(
    mean: [0.4467, 0.4398, 0.4066], standardDeviation: [0.2603, 0.2566, 0.2713])
  /// The published number of images of each part.
  public static let counts: [DatasetPart: Int] = [.training: 5_000, .test: 8_000]

  private static let distribution = Distribution(
    subfolders: ["stl10_binary", "stl10"], archive: "stl10_binary.tar.gz", source: source)

  private static let checksums = [
    "train_X.bin": "918c2871b30a85fa023e0c44e0bee87f", "train_y.bin": "5a34089d4802c674881badbb80307741",
    "test_X.bin": "7f263ba9f9e0b06b93213547f721ac82", "test_y.bin": "36f9794fa4beb8a2c72628de14fa638e",
  ]

  /// Reads one part from a folder that holds the binary version: its archive, or the files in it.
  ///
  /// Files of the published length must have the published checksum.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong.
  public static func load(_ part: DatasetPart, from folder: URL) throws(DatasetError) -> ImageDataset {
    let prefix = part == .training ? "train" : "test"
    let names = ["\(prefix)_X.bin", "\(prefix)_y.bin"]
    let files = try distribution.files(names, in: folder)
    let (images, labels) = (files[0], files[1])
    let size = imageShape.count
    guard images.bytes.count == labels.bytes.count * size, !labels.bytes.isEmpty else {
      throw .malformed(
        path: images.path, location: "byte \(images.bytes.count)",
        problem: "\(images.bytes.count) bytes of images for \(labels.bytes.count) labels",
        expected: "\(size) bytes for each label in \(names[1])")
    }
    if let bad = labels.bytes.firstIndex(where: { !(1...10).contains($0) }) {
      throw .malformed(
        path: labels.path, location: "byte \(bad)", problem: "the label is \(labels.bytes[bad])", expected: "1 to 10")
    }
    if labels.bytes.count == counts[part] {
      for (file, name) in zip(files, names) { try check(file, checksums[name]) }
    }
    return ImageDataset(
      uncheckedName: "stl10-\(part.rawValue)", images: transposed(images.bytes),
      labels: labels.bytes.map { Int($0) - 1 }, classNames: classNames, imageShape: imageShape)
  }

  private static func check(_ file: Distribution.File, _ published: String?) throws(DatasetError) {
    let found = MD5.checksum(file.bytes)
    guard let published, found != published else { return }
    throw .malformed(
      path: file.path, location: "all bytes", problem: "the MD5 checksum is \(found), the file is damaged",
      expected: published)
  }

  /// The files hold the pixels of each plane column by column.
  private static func transposed(_ bytes: [UInt8]) -> [Float] {
    let (height, width) = (imageShape.height, imageShape.width)
    let table = PixelBytes.table
    return [Float](unsafeUninitializedCapacity: bytes.count) { output, filled in
      bytes.withUnsafeBufferPointer { input in
        for start in stride(from: 0, to: bytes.count, by: height * width) {
          for row in 0..<height {
            for column in 0..<width {
              output[start + row * width + column] = table[Int(input[start + column * height + row])]
            }
          }
        }
      }
      filled = bytes.count
    }
  }
}
