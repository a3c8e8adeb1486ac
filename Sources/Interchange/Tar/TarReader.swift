public import Foundation

/// Reads the members of a tar archive one after the other, gzipped or not, without unpacking it to a disk.
///
/// ```swift
/// let archive = try TarReader(url)
/// while let entry = try archive.next() {
///   if entry.name.hasSuffix("labels.bin") { labels = try archive.contents() }
/// }
/// ```
/// Understood are the headers of POSIX (ustar and pax) and the long names of GNU tar.
public final class TarReader {
  private let stream: GzipReader
  private let path: String
  /// The bytes of the present member that are not read yet, and the zeros after them.
  private var remaining = 0
  private var padding = 0
  private static let blockSize = 512
  /// Names and extended headers are short; more than this is damage.
  private static let largestExtension = 1 << 20

  /// Opens an archive.
  ///
  /// **Throws**: `InterchangeError` for a missing file.
  public init(_ url: URL) throws(InterchangeError) {
    stream = try GzipReader(url)
    path = url.path
  }

  /// Goes to the next member, past what was not read of the present one; nil at the end.
  ///
  /// **Throws**: `InterchangeError` for a damaged or truncated archive.
  public func next() throws(InterchangeError) -> TarEntry? {
    var longName: String?
    var longSize: Int?
    while true {
      try skip(remaining + padding)
      (remaining, padding) = (0, 0)
      let start = stream.offset
      let header = try block()
      if header.isEmpty || header.allSatisfy({ $0 == 0 }) {
        try finish()
        return nil
      }
      try checkSum(header, at: start)
      let size = try number(header[124..<136], at: start + 124)
      let kind = header[156]
      remaining = size
      padding = (Self.blockSize - size % Self.blockSize) % Self.blockSize
      switch kind {
      case UInt8(ascii: "L"):
        longName = text(try extensionContents(at: start)[...])
      case UInt8(ascii: "x"):
        for (key, value) in records(try extensionContents(at: start)) {
          if key == "path" { longName = value }
          if key == "size" { longSize = Int(value) }
        }
      case UInt8(ascii: "g"), UInt8(ascii: "K"):
        continue
      default:
        if let longSize, longSize >= 0 {
          remaining = longSize
          padding = (Self.blockSize - longSize % Self.blockSize) % Self.blockSize
        }
        let isFile = kind == UInt8(ascii: "0") || kind == 0
        // What is no file has no contents, whatever its header says.
        if !isFile { (remaining, padding) = (0, 0) }
        return TarEntry(name: longName ?? shortName(header), size: remaining, isFile: isFile)
      }
    }
  }

  /// Reads to the end of the file, where the checksum of compressed data stands; there are no further members then.
  ///
  /// **Throws**: `InterchangeError` for a damaged or truncated archive.
  public func finish() throws(InterchangeError) {
    while !(try stream.read(upTo: 1 << 20)).isEmpty {}
    (remaining, padding) = (0, 0)
  }

  /// The contents of the present member, as far as they were not read before.
  ///
  /// **Throws**: `InterchangeError` for a damaged or truncated archive.
  public func contents() throws(InterchangeError) -> [UInt8] {
    var result: [UInt8] = []
    while remaining > 0 {
      let part = try stream.read(upTo: min(remaining, 1 << 20))
      if part.isEmpty { throw truncated() }
      // A damaged length must not reserve memory for bytes that are not there.
      if result.capacity == 0 { result.reserveCapacity(min(remaining, 1 << 26)) }
      result += part
      remaining -= part.count
    }
    return result
  }

  private func extensionContents(at start: Int) throws(InterchangeError) -> [UInt8] {
    guard remaining <= Self.largestExtension else {
      throw InterchangeError(.malformed, path: path, offset: start, "an extended header of \(remaining) bytes")
    }
    return try contents()
  }

  private func skip(_ count: Int) throws(InterchangeError) {
    var count = count
    while count > 0 {
      let part = try stream.read(upTo: min(count, 1 << 20))
      if part.isEmpty { throw truncated() }
      count -= part.count
    }
  }

  /// The next 512 bytes; none at the end of the file.
  private func block() throws(InterchangeError) -> [UInt8] {
    var block: [UInt8] = []
    while block.count < Self.blockSize {
      let part = try stream.read(upTo: Self.blockSize - block.count)
      if part.isEmpty {
        if block.isEmpty { return [] }
        throw truncated()
      }
      block += part
    }
    return block
  }

  private func truncated() -> InterchangeError {
    InterchangeError(
      .truncated, path: path, offset: stream.offset, "the archive ends inside a member", expected: "a complete archive")
  }

  private func checkSum(_ header: [UInt8], at start: Int) throws(InterchangeError) {
    var sum = 0
    for (index, byte) in header.enumerated() { sum += (148..<156).contains(index) ? 32 : Int(byte) }
    guard let stored = octal(header[148..<156]), stored == sum else {
      throw InterchangeError(
        .malformed, path: path, offset: start, "there is no tar header here (its checksum is wrong)",
        expected: "a tar archive, gzipped or not")
    }
  }

  /// A number in octal digits, or in base 256 where the first bit is set.
  private func number(_ field: ArraySlice<UInt8>, at offset: Int) throws(InterchangeError) -> Int {
    var value: Int?
    if let first = field.first, first & 0x80 != 0 {
      value = field.dropFirst().reduce(Int?(0)) { sum, byte in
        guard let sum, sum < 1 << 47 else { return nil }
        return sum << 8 | Int(byte)
      }
      if first != 0x80 { value = nil }
    } else {
      value = octal(field)
    }
    guard let value else {
      throw InterchangeError(.malformed, path: path, offset: offset, "the size of a member is no number")
    }
    return value
  }

  private func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = text(field).trimmingCharacters(in: .whitespaces)
    return digits.isEmpty ? 0 : Int(digits, radix: 8).flatMap { $0 >= 0 ? $0 : nil }
  }

  private func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  private func shortName(_ header: [UInt8]) -> String {
    let name = text(header[0..<100])
    let isPOSIX = text(header[257..<262]) == "ustar" && header[262] == 0
    let prefix = isPOSIX ? text(header[345..<500]) : ""
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  /// The records `length key=value` of a pax header; what breaks the rules is left out.
  private func records(_ bytes: [UInt8]) -> [(key: String, value: String)] {
    var rest = bytes[...]
    var records: [(String, String)] = []
    while let space = rest.firstIndex(of: UInt8(ascii: " ")),
      let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space - rest.startIndex + 1,
      length <= rest.count
    {
      let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
      if let sign = record.firstIndex(of: UInt8(ascii: "=")) {
        records.append(
          (String(decoding: record[..<sign], as: UTF8.self), String(decoding: record[(sign + 1)...], as: UTF8.self)))
      }
      rest = rest[(rest.startIndex + length)...]
    }
    return records
  }
}
