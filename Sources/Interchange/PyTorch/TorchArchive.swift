import Foundation
import OrderedCollections

/// Where a file of PyTorch's keeps its pickle and the bytes of its storages.
protocol TorchArchive {
  /// The saved object.
  var pickle: Pickle { get }
  /// The size of the file, which bounds what it may unpack to.
  var byteCount: Int { get }
  /// All bytes under a storage's key.
  func bytes(of storage: TorchStorage) throws(InterchangeError) -> [UInt8]
}

/// The format since PyTorch 1.6: a zip archive with `data.pkl`, `data/KEY` and `byteorder` in one folder.
struct TorchZipArchive: TorchArchive {
  let pickle: Pickle
  let byteCount: Int
  private let zip: ZipReader
  private let folder: String
  private let path: String

  init(_ url: URL, byteCount: Int) throws(InterchangeError) {
    let zip = try ZipReader(url)
    let names = zip.entries.map(\.name)
    guard let name = names.first(where: { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") }) else {
      throw InterchangeError(
        .malformed, path: url.path, "this zip archive holds no data.pkl", expected: "a file of torch.save")
    }
    let folder = String(name.dropLast("data.pkl".count))
    guard !names.contains(folder + "constants.pkl") else {
      throw InterchangeError(
        .unsupported, path: url.path, "this is a TorchScript program", expected: "torch.save(model.state_dict(), …)")
    }
    if names.contains(folder + "byteorder"), try zip.contents(of: folder + "byteorder") != Array("little".utf8) {
      throw InterchangeError(
        .unsupported, path: url.path, "the numbers are big-endian", expected: "a file from a little-endian machine")
    }
    try Self.checkSize(of: name, in: zip, path: url.path, fileBytes: byteCount)
    pickle = try Pickle(
      try zip.contents(of: name), rules: .torch, path: "\(url.path)/\(name)")
    self.zip = zip
    self.folder = folder
    self.byteCount = byteCount
    path = url.path
  }

  func bytes(of storage: TorchStorage) throws(InterchangeError) -> [UInt8] {
    let name = "\(folder)data/\(storage.key)"
    try Self.checkSize(of: name, in: zip, path: path, fileBytes: byteCount)
    return try zip.contents(of: name)
  }

  /// PyTorch does not compress; an archive packed anew may be, but not beyond reason.
  private static func checkSize(
    of name: String, in zip: ZipReader, path: String, fileBytes: Int
  ) throws(InterchangeError) {
    guard let entry = zip.entries.first(where: { $0.name == name }), entry.count > PyTorchFile.budget(fileBytes) else {
      return
    }
    throw InterchangeError(
      .unsupported, path: path, "entry \"\(name)\" unpacks to \(entry.count) bytes",
      expected: "at most \(PyTorchFile.budget(fileBytes)) in a file of \(fileBytes)")
  }
}

/// The format before: five pickles (a mark, the version, the machine, the object, the storages' keys), then the storages.
struct TorchLegacyArchive: TorchArchive {
  let pickle: Pickle
  let byteCount: Int
  private let contents: [UInt8]
  private let ranges: [String: Range<Int>]

  private static let mark: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

  init(_ bytes: [UInt8], path: String) throws(InterchangeError) {
    func next(_ end: Int) throws(InterchangeError) -> Pickle {
      try Pickle(bytes, at: end, rules: .torch, path: path)
    }
    let first = try next(0)
    guard case .largeInteger(let mark) = first.root, mark.starts(with: Self.mark) else {
      throw InterchangeError(
        .unsupported, path: path, offset: 0, "this pickle is no file of torch.save", expected: "its mark at the start")
    }
    let version = try next(first.end)
    guard version.root == .integer(1001) else {
      throw InterchangeError(
        .unsupported, path: path, offset: first.end, "the file has another version than 1001 of its format",
        expected: "a file that PyTorch 0.4 or later saved")
    }
    let machine = try next(version.end)
    guard try machine.dictionary(machine.root, "the description of the machine")["little_endian"] == .bool(true) else {
      throw InterchangeError(
        .unsupported, path: path, offset: version.end, "the numbers are big-endian",
        expected: "a file from a little-endian machine")
    }
    let object = try next(machine.end)
    let keys = try next(object.end)
    pickle = object
    byteCount = bytes.count
    contents = bytes
    ranges = try Self.ranges(keys, object, bytes)
  }

  /// Where each storage's bytes lie: one after the other, each after its number of elements.
  private static func ranges(
    _ keys: Pickle, _ object: Pickle, _ bytes: [UInt8]
  ) throws(InterchangeError) -> [String: Range<Int>] {
    var units: [String: Int] = [:]
    for case .persistent(let identification) in object.objects {
      let storage = try TorchStorage(identification, in: object)
      units[storage.key] = storage.unit
    }
    var ranges: [String: Range<Int>] = [:]
    var position = keys.end
    for value in try keys.elements(keys.root, "the list of storages") {
      let key = try keys.text(value, "a storage's key")
      guard let unit = units[key] else { throw keys.failure("the storage \"\(key)\"", "belongs to no tensor") }
      guard bytes.count - position >= 8 else {
        throw InterchangeError(
          .truncated, path: keys.path, offset: position, "the file ends before the storage \"\(key)\"")
      }
      let count = bytes.littleEndian(UInt64.self, at: position)
      position += 8
      guard let length = Int(exactly: count)?.multipliedReportingOverflow(by: unit), !length.overflow,
        length.partialValue <= bytes.count - position
      else {
        throw InterchangeError(
          .truncated, path: keys.path, offset: position,
          "the file ends inside the storage \"\(key)\" of \(count) elements",
          expected: "at most \((bytes.count - position) / unit)")
      }
      ranges[key] = position..<(position + length.partialValue)
      position += length.partialValue
    }
    return ranges
  }

  func bytes(of storage: TorchStorage) throws(InterchangeError) -> [UInt8] {
    guard let range = ranges[storage.key] else {
      throw pickle.failure("the storage \"\(storage.key)\"", "is not in the file")
    }
    return Array(contents[range])
  }
}
