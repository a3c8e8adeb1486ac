internal import Foundation
internal import Interchange
internal import OrderedCollections

/// Radio galaxies as they are published: batches of images as Python pickles, in the way of CIFAR-10.
///
/// `data_batch_1`, `data_batch_2` … hold the training images, `test_batch` the test images, `batches.meta` the names of
/// the classes. One release adds `hash.md5`, the checksums of all these.
struct PickledBatches {
  /// The name of the data set.
  let name: String
  /// The number of batches of training images.
  let trainingBatches: Int
  /// The classes as `batches.meta` names them.
  let labelNames: [String]
  /// Where the files may lie.
  let distribution: Distribution
  /// The releases of the archive that are on record, by their MD5 checksums.
  let releases: [String: String]
  /// Whether an archive with another checksum must be damaged, because there is but one release.
  let isOnlyRelease: Bool
  /// Whether a list of checksums stands among the files.
  var hasChecksums = false

  private static let meta = "batches.meta"
  private static let testBatch = "test_batch"
  private static let checksums = "hash.md5"

  private var trainingNames: [String] { (1...trainingBatches).map { "data_batch_\($0)" } }
  private var names: [String] { [Self.meta] + trainingNames + [Self.testBatch] }

  /// Where the batches lie: a folder that has them all, else an archive, else a folder that lacks some; nil for nowhere.
  func location(in folder: URL) -> URL? {
    let places = distribution.places(in: folder).map { (url: $0, missing: missing(in: $0).count) }
    return places.first { $0.missing == 0 }?.url ?? distribution.location(of: distribution.archive, in: folder)
      ?? places.first { $0.missing < names.count }?.url
  }

  private func missing(in place: URL) -> [String] {
    names.filter { !FileManager.default.fileExists(atPath: place.appendingPathComponent($0).path) }
  }

  /// What is known of the release in a folder or archive.
  ///
  /// **Throws**: `DatasetError` for an archive that cannot be read, or is damaged for certain.
  func release(at url: URL) throws(DatasetError) -> RadioGalaxyRelease {
    guard url.lastPathComponent == distribution.archive else { return RadioGalaxyRelease(path: url.path) }
    let bytes = try DatasetError.reading { () throws(InterchangeError) in try FileReader(url).allBytes() }
    let sum = MD5.checksum(bytes)
    if isOnlyRelease, let published = releases.keys.first, releases[sum] == nil {
      throw .malformed(
        path: url.path, location: "all bytes", problem: "the MD5 checksum is \(sum), the archive is damaged",
        expected: "\(published); \(distribution.source)")
    }
    return RadioGalaxyRelease(path: url.path, checksum: sum, name: releases[sum])
  }

  /// Reads all batches and keeps the images that `label` gives a class of; each batch is gone when the next one comes.
  ///
  /// **Throws**: `DatasetError` for files that are missing, damaged, or of another form.
  func read(
    from folder: URL, label: (Int) -> Int?
  ) throws(DatasetError) -> (training: RadioGalaxyImages, test: RadioGalaxyImages) {
    var contents = Contents()
    try forEachFile(in: folder) { name, file throws(DatasetError) in
      switch name {
      case Self.checksums: contents.listed = (Self.listedChecksums(file), file.path)
      case Self.meta: contents.batchSize = try batchSize(file)
      default:
        let batch = try PickledBatch(file, classes: labelNames.count)
        try check(batch.title, of: name, path: file.path)
        contents.counts[name] = (batch.images.count, file.path)
        contents.selected[name] = batch.images.selected(label)
      }
      if hasChecksums { contents.sums[name] = (MD5.checksum(file.bytes), file.path) }
    }
    try contents.check()
    return (
      RadioGalaxyImages(trainingNames.compactMap { contents.selected[$0] }),
      contents.selected[Self.testBatch] ?? RadioGalaxyImages()
    )
  }

  /// What is gathered file by file.
  private struct Contents {
    var selected: [String: RadioGalaxyImages] = [:]
    var counts: [String: (count: Int, path: String)] = [:]
    var sums: [String: (sum: String, path: String)] = [:]
    var listed: (sums: [String: String], path: String)?
    var batchSize: Int?

    /// Compares what the files say of each other.
    func check() throws(DatasetError) {
      for (name, (sum, path)) in sums.sorted(by: { $0.key < $1.key }) {
        guard let listed, let expected = listed.sums[name], expected != sum else { continue }
        throw .malformed(
          path: path, location: "all bytes", problem: "the MD5 checksum is \(sum), the file is damaged",
          expected: "\(expected), as \(listed.path) has it")
      }
      for (_, (count, path)) in counts.sorted(by: { $0.key < $1.key }) {
        guard let batchSize, count != batchSize else { continue }
        throw .malformed(
          path: path, location: "data", problem: "the batch has \(count) images",
          expected: "\(batchSize), as \(PickledBatches.meta) has it")
      }
    }
  }

  /// Hands over the files one by one.
  private func forEachFile(
    in folder: URL, _ body: (String, Distribution.File) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    guard let place = location(in: folder) else {
      throw .missingFile(name: distribution.archive, folder: folder.path, source: distribution.source)
    }
    if place.lastPathComponent == distribution.archive {
      _ = try release(at: place)
      return try distribution.forEachMember(names, optional: hasChecksums ? [Self.checksums] : [], of: place, body)
    }
    if let missing = missing(in: place).first {
      throw .missingFile(name: missing, folder: place.path, source: distribution.source)
    }
    let sums = place.appendingPathComponent(Self.checksums)
    let isChecked = hasChecksums && FileManager.default.fileExists(atPath: sums.path)
    for name in names + (isChecked ? [Self.checksums] : []) {
      let url = place.appendingPathComponent(name)
      let bytes = try DatasetError.reading { () throws(InterchangeError) in try FileReader(url).allBytes() }
      try body(name, Distribution.File(bytes: bytes, path: url.path))
    }
  }

  /// A batch tells which one it is; a copy under another name is found out.
  private func check(_ title: String, of name: String, path: String) throws(DatasetError) {
    let expected =
      name == Self.testBatch
      ? "testing batch 1 of 1" : "training batch \(name.dropFirst("data_batch_".count)) of \(trainingBatches)"
    guard title != expected else { return }
    throw .malformed(
      path: path, location: "batch_label", problem: "the batch is \"\(title)\"",
      expected: "\"\(expected)\" of \(self.name)")
  }

  /// The number of images of each batch, if `batches.meta` tells it.
  private func batchSize(_ file: Distribution.File) throws(DatasetError) -> Int? {
    let (found, size) = try DatasetError.reading { () throws(InterchangeError) -> ([String], Int?) in
      let pickle = try Pickle(file.bytes, rules: .imageBatches, path: file.path)
      let meta = try pickle.dictionary(pickle.root, "the description of the batches")
      var found: [String] = []
      for value in try pickle.elements(meta["label_names"] ?? .none, "\"label_names\"") {
        found.append(try pickle.text(value, "a name in \"label_names\""))
      }
      guard let size = meta["num_cases_per_batch"] else { return (found, nil) }
      return (found, try pickle.integer(size, "\"num_cases_per_batch\""))
    }
    guard found == labelNames else {
      throw .malformed(
        path: file.path, location: "label_names",
        problem: "the classes are \(found.isEmpty ? "none" : found.joined(separator: ", "))",
        expected: "\(labelNames.joined(separator: ", ")) of \(name)")
    }
    return size
  }

  /// Lines of a checksum and a name, as `md5sum` writes them; other lines are left out.
  private static func listedChecksums(_ file: Distribution.File) -> [String: String] {
    var sums: [String: String] = [:]
    for line in String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count == 2, words[0].utf8.count == 32 else { continue }
      sums[String(words[1].drop { $0 == "*" })] = words[0].lowercased()
    }
    return sums
  }
}
