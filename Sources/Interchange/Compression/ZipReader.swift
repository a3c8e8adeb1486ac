public import Foundation

/// Reads zip archives: stored and deflated entries, with checksums, zip64 sizes included.
public final class ZipReader {
  /// One file in an archive.
  public struct Entry: Hashable, Sendable {
    /// The name, with `/` between folders.
    public let name: String
    /// The length after decompression.
    public let count: Int
    /// The length in the archive.
    public let compressedCount: Int
    /// The CRC-32 of the contents.
    public let checksum: UInt32
    let method: UInt16
    let headerOffset: Int
  }

  /// The entries in the order of the central directory.
  public let entries: [Entry]
  private let file: FileReader
  private let byName: [String: Int]

  /// Opens an archive and reads its directory.
  ///
  /// **Throws**: `InterchangeError` if the file is no zip archive, is truncated, names an entry twice or uses encryption,
  /// several volumes or an unknown compression.
  public init(_ url: URL) throws(InterchangeError) {
    file = try FileReader(url)
    entries = try Self.directory(of: file)
    var byName: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard byName.updateValue(index, forKey: entry.name) == nil else {
        throw InterchangeError(.malformed, path: file.path, "the archive holds \"\(entry.name)\" twice")
      }
    }
    self.byName = byName
  }

  /// Returns the contents of an entry.
  ///
  /// **Throws**: `InterchangeError` if the entry is missing, truncated or damaged.
  public func contents(of name: String) throws(InterchangeError) -> [UInt8] {
    guard let index = byName[name] else {
      let names = entries.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw InterchangeError(
        .missing, path: file.path, "the archive holds no entry \"\(name)\"", expected: names.isEmpty ? "entries" : names
      )
    }
    let entry = entries[index]
    let what = "entry \"\(entry.name)\""
    let header = try file.bytes(at: entry.headerOffset, count: 30, of: what)
    guard header.littleEndian(UInt32.self, at: 0) == 0x0403_4B50 else {
      throw InterchangeError(
        .malformed, path: file.path, offset: entry.headerOffset, "\(what) has no local header", expected: "PK\\3\\4")
    }
    let start =
      entry.headerOffset + 30 + Int(header.littleEndian(UInt16.self, at: 26))
      + Int(header.littleEndian(UInt16.self, at: 28))
    let stored = try file.bytes(at: start, count: entry.compressedCount, of: what)
    let contents = entry.method == 0 ? stored : try inflated(stored, entry, at: start)
    guard contents.count == entry.count else {
      throw InterchangeError(
        .malformed, path: file.path, offset: start, "\(what) holds \(contents.count) bytes", expected: "\(entry.count)")
    }
    let checksum = CRC32.checksum(contents)
    guard checksum == entry.checksum else {
      throw InterchangeError(
        .checksum, path: file.path, offset: start, "\(what) is damaged: its CRC-32 is \(hexadecimal(checksum))",
        expected: hexadecimal(entry.checksum))
    }
    return contents
  }

  private func inflated(_ stored: [UInt8], _ entry: Entry, at start: Int) throws(InterchangeError) -> [UInt8] {
    let inflater = Inflater(format: .raw)
    var result: [UInt8] = []
    result.reserveCapacity(min(entry.count, 1 << 28))
    var position = 0
    while true {
      let step = inflater.inflate(stored[position...], upTo: 1 << 20)
      position += step.consumed
      result.append(contentsOf: step.output)
      switch step.status {
      case .finished: return result
      case .damaged(let reason):
        throw InterchangeError(
          .malformed, path: file.path, offset: start + position, "entry \"\(entry.name)\" is damaged (\(reason))")
      case .progress:
        let isStuck = step.output.isEmpty && (step.consumed == 0 || position == stored.count)
        if isStuck || result.count > entry.count {
          throw InterchangeError(
            .truncated, path: file.path, offset: start + position,
            "the compressed data of entry \"\(entry.name)\" do not give \(entry.count) bytes")
        }
      }
    }
  }

  private func hexadecimal(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }
}

extension ZipReader {
  private static func directory(of file: FileReader) throws(InterchangeError) -> [Entry] {
    let tailLength = min(file.count, 22 + 65_535)
    let tailStart = file.count - tailLength
    let tail = try file.bytes(at: tailStart, count: tailLength, of: "the end record")
    guard
      let end = stride(from: tailLength - 22, through: 0, by: -1).first(where: {
        tail.littleEndian(UInt32.self, at: $0) == 0x0605_4B50
          && $0 + 22 + Int(tail.littleEndian(UInt16.self, at: $0 + 20)) == tailLength
      })
    else {
      throw InterchangeError(
        .malformed, path: file.path, "this is no zip archive, or it is truncated", expected: "an end record (PK\\5\\6)")
    }
    var count = Int(tail.littleEndian(UInt16.self, at: end + 10))
    var length = Int(tail.littleEndian(UInt32.self, at: end + 12))
    var start = Int(tail.littleEndian(UInt32.self, at: end + 16))
    guard tail.littleEndian(UInt16.self, at: end + 4) == 0 else {
      throw InterchangeError(.unsupported, path: file.path, "the archive spans several volumes", expected: "one file")
    }
    if count == 0xFFFF || length == 0xFFFF_FFFF || start == 0xFFFF_FFFF, tailStart + end >= 20 {
      (count, length, start) = try largeDirectory(of: file, endRecord: tailStart + end) ?? (count, length, start)
    }
    let directory = try file.bytes(at: start, count: length, of: "the directory")
    var entries: [Entry] = []
    var position = 0
    for _ in 0..<count {
      let (entry, next) = try self.entry(in: directory, at: position, start: start, path: file.path)
      entries.append(entry)
      position = next
    }
    return entries
  }

  /// Returns the entry count, length and start of a zip64 directory, or nil where there is no zip64 locator.
  private static func largeDirectory(
    of file: FileReader, endRecord: Int
  ) throws(InterchangeError) -> (Int, Int, Int)? {
    let locator = try file.bytes(at: endRecord - 20, count: 20, of: "the zip64 locator")
    guard locator.littleEndian(UInt32.self, at: 0) == 0x0706_4B50 else { return nil }
    let offset = try integer(locator, at: 8, path: file.path)
    let record = try file.bytes(at: offset, count: 56, of: "the zip64 end record")
    guard record.littleEndian(UInt32.self, at: 0) == 0x0606_4B50 else {
      throw InterchangeError(.malformed, path: file.path, offset: offset, "the zip64 end record is damaged")
    }
    return (
      try integer(record, at: 32, path: file.path), try integer(record, at: 40, path: file.path),
      try integer(record, at: 48, path: file.path)
    )
  }

  private static func integer(_ bytes: [UInt8], at offset: Int, path: String) throws(InterchangeError) -> Int {
    let value = bytes.littleEndian(UInt64.self, at: offset)
    guard let result = Int(exactly: value) else {
      throw InterchangeError(.malformed, path: path, "a zip64 size is \(value)", expected: "less than 2^63")
    }
    return result
  }

  private static func entry(
    in directory: [UInt8], at position: Int, start: Int, path: String
  ) throws(InterchangeError) -> (Entry, Int) {
    guard position + 46 <= directory.count, directory.littleEndian(UInt32.self, at: position) == 0x0201_4B50 else {
      throw InterchangeError(
        .malformed, path: path, offset: start + position, "the directory is damaged", expected: "an entry (PK\\1\\2)")
    }
    let flags = directory.littleEndian(UInt16.self, at: position + 8)
    let method = directory.littleEndian(UInt16.self, at: position + 10)
    let checksum = directory.littleEndian(UInt32.self, at: position + 16)
    var compressedCount = Int(directory.littleEndian(UInt32.self, at: position + 20))
    var count = Int(directory.littleEndian(UInt32.self, at: position + 24))
    let nameLength = Int(directory.littleEndian(UInt16.self, at: position + 28))
    let extraLength = Int(directory.littleEndian(UInt16.self, at: position + 30))
    let commentLength = Int(directory.littleEndian(UInt16.self, at: position + 32))
    var headerOffset = Int(directory.littleEndian(UInt32.self, at: position + 42))
    let next = position + 46 + nameLength + extraLength + commentLength
    guard next <= directory.count else {
      throw InterchangeError(.truncated, path: path, offset: start + position, "the directory ends inside an entry")
    }
    let name = String(decoding: directory[(position + 46)..<(position + 46 + nameLength)], as: UTF8.self)
    guard flags & 1 == 0 else {
      throw InterchangeError(.unsupported, path: path, "entry \"\(name)\" is encrypted", expected: "no encryption")
    }
    guard method == 0 || method == 8 else {
      throw InterchangeError(
        .unsupported, path: path, "entry \"\(name)\" uses compression method \(method)",
        expected: "0 (stored) or 8 (deflate)")
    }
    // The zip64 field holds, in this order, those of the three numbers that read 2^32 - 1 above.
    var extra = position + 46 + nameLength
    let extraEnd = extra + extraLength
    while extra + 4 <= extraEnd {
      let size = Int(directory.littleEndian(UInt16.self, at: extra + 2))
      if directory.littleEndian(UInt16.self, at: extra) == 1 {
        var field = extra + 4
        let fieldEnd = min(field + size, extraEnd)
        func take(_ value: inout Int) throws(InterchangeError) {
          guard value == 0xFFFF_FFFF, field + 8 <= fieldEnd else { return }
          value = try integer(directory, at: field, path: path)
          field += 8
        }
        try take(&count)
        try take(&compressedCount)
        try take(&headerOffset)
      }
      extra += 4 + size
    }
    guard method != 0 || count == compressedCount else {
      throw InterchangeError(
        .malformed, path: path, offset: start + position,
        "the stored entry \"\(name)\" has two lengths, \(compressedCount) and \(count)")
    }
    let entry = Entry(
      name: name, count: count, compressedCount: compressedCount, checksum: checksum, method: method,
      headerOffset: headerOffset)
    return (entry, next)
  }
}
