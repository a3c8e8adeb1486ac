public import Foundation
internal import Interchange
internal import Synchronization

/// Images sorted into folders that are named for their classes: `FOLDER/CLASS/NAME.png`.
///
/// Classes and files are in the order of their names, character by character, on every machine. What has another ending
/// is left alone, but pictures in other formats are an error: they would be missing without a word.
public struct ImageFolder: Sendable {
  /// The folder.
  public let url: URL
  /// The names of the classes.
  public let classNames: [String]
  /// The files, class after class.
  public let files: [URL]
  /// The class of each file.
  public let labels: [Int]

  /// The share of the machine's memory that images may take.
  public static let memoryShare = 0.5

  private static let otherPictures: Set = ["jpg", "jpeg", "bmp", "tif", "tiff", "gif", "webp", "ppm", "pgm"]

  /// Lists the images of a folder; no file is opened.
  ///
  /// - Parameter expected: The classes that must be there, and no others; nil takes those that are.
  ///
  /// **Throws**: `DatasetError` when the folder, a class or all images of one are missing.
  public init(_ url: URL, classNames expected: [String]? = nil, source: String) throws(DatasetError) {
    self.url = url
    let found = try Self.list(url, source: source)
    let folders = found.filter { Self.isFolder(url.appending(path: $0)) }
    guard !folders.isEmpty else {
      throw .malformed(
        path: url.path, location: "its folders", problem: "there is none",
        expected: "a folder for each class\(expected.map { ": " + $0.joined(separator: ", ") } ?? "")")
    }
    if let expected, folders != expected {
      throw .malformed(
        path: url.path, location: "its folders", problem: "the classes are \(folders.joined(separator: ", "))",
        expected: expected.joined(separator: ", "))
    }
    var files: [URL] = []
    var labels: [Int] = []
    for (label, name) in folders.enumerated() {
      let folder = url.appending(path: name)
      let names = try Self.list(folder, source: source)
      if let other = names.first(where: { Self.otherPictures.contains(Self.ending($0)) }) {
        throw .malformed(
          path: folder.appending(path: other).path, location: "its name", problem: "the format is not read",
          expected: "a .png file")
      }
      let pictures = names.filter { Self.ending($0) == "png" }
      guard !pictures.isEmpty else {
        throw .malformed(
          path: folder.path, location: "its files", problem: "the class has no image",
          expected: "at least one .png file")
      }
      files += pictures.map { folder.appending(path: $0) }
      labels += pictures.map { _ in label }
    }
    classNames = folders
    self.files = files
    self.labels = labels
  }

  /// The number of images.
  public var count: Int { files.count }

  /// Reads images, values 0 to 1.
  ///
  /// All images are in memory as numbers of 4 bytes, which is checked before the first is opened.
  ///
  /// - Parameters:
  ///   - count: How many images to take; nil takes all. A part is drawn at random, and depends on the seed and on the
  ///     names of the files alone; images keep their order.
  ///   - memory: The bytes that images may take; nil takes half of the machine's memory.
  ///
  /// **Throws**: `DatasetError` for too many images, and for the first file that is damaged or has another size.
  ///
  /// **Complexity**: 4 · channels · height · width bytes an image; decoding runs on all cores.
  public func load(
    name: String, shape: ImageShape, count: Int? = nil, seed: UInt64 = 0, memory: Int? = nil
  ) throws(DatasetError) -> ImageDataset {
    let wanted = count ?? self.count
    guard wanted <= self.count else {
      throw .invalid("\(name): \(url.path) has \(self.count) images, \(wanted) are asked for")
    }
    try Self.checkMemory(wanted, shape: shape, name: name, memory: memory)
    var chosen = Array(files.indices)
    if wanted < self.count {
      var rng = SeededGenerator(seed: seed)
      chosen = Array(rng.permutation(self.count).prefix(wanted)).sorted()
    }
    let images = try decode(chosen, shape)
    return ImageDataset(
      uncheckedName: name, images: images, labels: chosen.map { labels[$0] }, classNames: classNames,
      imageShape: shape)
  }

  /// Refuses images that would take more memory than is allowed.
  static func checkMemory(
    _ count: Int, shape: ImageShape, name: String, memory: Int? = nil
  ) throws(DatasetError) {
    let limit = memory ?? Int(Double(ProcessInfo.processInfo.physicalMemory) * memoryShare)
    let needed = count * shape.count * MemoryLayout<Float>.size
    guard needed > limit else { return }
    func gigabytes(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1e9) }
    throw .invalid(
      "\(name): \(count) images of \(shape) take \(gigabytes(needed)) GB of memory, \(gigabytes(limit)) GB are allowed; "
        + "ask for at most \(limit / (shape.count * MemoryLayout<Float>.size)) with data.training, data.validation and "
        + "data.test together")
  }

  /// The values of files, plane after plane; the error of the first file that has one.
  private func decode(_ chosen: [Int], _ shape: ImageShape) throws(DatasetError) -> [Float] {
    let failure = Mutex<(index: Int, error: DatasetError)?>(nil)
    let files = files
    let values = Parallel.floats(blocks: chosen.count, of: shape.count, grain: 16) { index, target in
      guard failure.withLock({ $0.map { $0.index > index } ?? true }) else { return }
      do throws(DatasetError) {
        try Self.decode(files[chosen[index]], shape, into: target)
      } catch {
        failure.withLock { if ($0?.index ?? .max) > index { $0 = (index, error) } }
      }
    }
    if let found = failure.withLock({ $0 }) { throw found.error }
    return values
  }

  private static func decode(
    _ url: URL, _ shape: ImageShape, into target: UnsafeMutableBufferPointer<Float>
  ) throws(DatasetError) {
    let image: PNGImage
    do throws(InterchangeError) {
      image = try PNGImage.read(url, channels: shape.channels)
    } catch {
      throw .file(error)
    }
    guard image.height == shape.height, image.width == shape.width else {
      throw .malformed(
        path: url.path, location: "its size", problem: "the image is \(image.height)×\(image.width)",
        expected: "\(shape.height)×\(shape.width)")
    }
    let area = shape.height * shape.width
    let table = PixelBytes.table
    for pixel in 0..<area {
      for channel in 0..<shape.channels {
        target[channel * area + pixel] = table[Int(image.pixels[pixel * shape.channels + channel])]
      }
    }
  }

  // MARK: - Names

  /// The names in a folder that are not hidden, sorted by their characters, whatever the language of the machine.
  private static func list(_ folder: URL, source: String) throws(DatasetError) -> [String] {
    guard isFolder(folder) else {
      throw .missingFile(
        name: folder.lastPathComponent, folder: folder.deletingLastPathComponent().path, source: source)
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
        .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    } catch {
      throw .invalid("\(folder.path): the folder cannot be read: \(error.localizedDescription)")
    }
  }

  private static func ending(_ name: String) -> String { (name as NSString).pathExtension.lowercased() }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
