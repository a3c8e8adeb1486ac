/// Writes a zip archive into a file in the making; equal entries give equal bytes.
///
/// Times are fixed at 1980-01-01 so that archives are reproducible. Call `finish()` at the end.
public final class ZipWriter {
  private struct Written {
    let name: [UInt8]
    let method: UInt16
    let checksum: UInt32
    let compressedCount: UInt32
    let count: UInt32
    let offset: UInt32
  }

  private let output: FileWriter
  private let path: String
  private var written: [Written] = []

  /// Creates an archive in `output`; `path` is the name for error messages.
  public init(_ output: FileWriter, path: String) {
    self.output = output
    self.path = path
  }

  /// Adds an entry.
  ///
  /// **Throws**: `InterchangeError` if the name occurs twice or the archive grows past 4 GiB.
  public func add(_ name: String, _ contents: [UInt8], isCompressed: Bool = false) throws(InterchangeError) {
    let nameBytes = Array(name.utf8)
    guard !written.contains(where: { $0.name == nameBytes }), nameBytes.count <= 0xFFFF else {
      throw InterchangeError(.unwritable, path: path, "the entry \"\(name)\" is added twice", expected: "unique names")
    }
    let checksum = CRC32.checksum(contents)
    let deflated = isCompressed ? Deflate.compressed(contents, level: 6, format: .raw) : contents
    let end = output.offset + deflated.count + contents.count + 0x1_0000
    guard end < 0xFFFF_FFFF, written.count < 0xFFFE else {
      throw InterchangeError(
        .unsupported, path: path, "the archive would exceed 4 GiB or 65534 entries",
        expected: "a smaller archive, or safetensors")
    }
    let entry = Written(
      name: nameBytes, method: isCompressed ? 8 : 0, checksum: checksum, compressedCount: UInt32(deflated.count),
      count: UInt32(contents.count), offset: UInt32(output.offset))
    var header: [UInt8] = []
    header.appendLittleEndian(UInt32(0x0403_4B50))
    header += common(entry)
    header.appendLittleEndian(UInt16(nameBytes.count))
    header.appendLittleEndian(UInt16(0))
    try output.write(header + nameBytes)
    try output.write(deflated)
    written.append(entry)
  }

  /// Writes the directory.
  ///
  /// The archive is incomplete without it.
  public func finish() throws(InterchangeError) {
    let start = output.offset
    for entry in written {
      var record: [UInt8] = []
      record.appendLittleEndian(UInt32(0x0201_4B50))
      record.appendLittleEndian(UInt16(20))
      record += common(entry)
      record.appendLittleEndian(UInt16(entry.name.count))
      record += [UInt8](repeating: 0, count: 12)
      record.appendLittleEndian(entry.offset)
      try output.write(record + entry.name)
    }
    var end: [UInt8] = []
    end.appendLittleEndian(UInt32(0x0605_4B50))
    end.appendLittleEndian(UInt32(0))
    end.appendLittleEndian(UInt16(written.count))
    end.appendLittleEndian(UInt16(written.count))
    end.appendLittleEndian(UInt32(output.offset - start))
    end.appendLittleEndian(UInt32(start))
    end.appendLittleEndian(UInt16(0))
    try output.write(end)
  }

  /// The fields that local header and directory share: version, flags, method, time, checksum, lengths.
  private func common(_ entry: Written) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendLittleEndian(UInt16(20))
    bytes.appendLittleEndian(UInt16(0x0800))
    bytes.appendLittleEndian(entry.method)
    bytes.appendLittleEndian(UInt16(0))
    bytes.appendLittleEndian(UInt16(0x21))
    bytes.appendLittleEndian(entry.checksum)
    bytes.appendLittleEndian(entry.compressedCount)
    bytes.appendLittleEndian(entry.count)
    return bytes
  }
}
