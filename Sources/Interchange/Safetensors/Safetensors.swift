public import Foundation
public import OrderedCollections

/// Reads and writes named arrays in the safetensors format.
///
/// The file holds the length of a JSON header in 8 bytes, the header with type, shape and place of every array, and the
/// data. What is written keeps the order of the names in the header, lays the data out by decreasing element size so
/// that every array is aligned, and depends on nothing but the arrays and the metadata.
public enum Safetensors {
  /// Whether a file begins like one of this format: the length of a header, then its brace.
  public static func isRecognized(_ url: URL) throws(InterchangeError) -> Bool {
    let start = try FileReader(url).bytes(at: 0, upTo: 9)
    return start.count == 9 && start[8] == UInt8(ascii: "{")
  }

  /// Reads only the header: names, types, shapes and metadata.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated or malformed file.
  public static func readHeader(_ url: URL) throws(InterchangeError) -> SafetensorsHeader {
    try SafetensorsHeader(try FileReader(url))
  }

  /// Reads all arrays and the metadata.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated or malformed file.
  public static func readArrays(
    _ url: URL
  ) throws(InterchangeError) -> (arrays: OrderedDictionary<String, HostArray>, metadata: [String: String]) {
    let file = try FileReader(url)
    let header = try SafetensorsHeader(file)
    var arrays: OrderedDictionary<String, HostArray> = [:]
    for (name, entry) in header.entries {
      let bytes = try file.bytes(
        at: header.dataStart + entry.range.lowerBound, count: entry.range.count, of: "\"\(name)\"")
      if entry.element == .bool, let bad = bytes.firstIndex(where: { $0 > 1 }) {
        throw InterchangeError(
          .malformed, path: url.path, offset: header.dataStart + entry.range.lowerBound + bad,
          "\"\(name)\" holds \(bytes[bad]) among booleans", expected: "0 or 1")
      }
      arrays[name] = HostArray(entry.element, shape: entry.shape, bytes: bytes)
    }
    return (arrays, header.metadata)
  }

  /// Writes arrays and metadata, atomically.
  ///
  /// **Throws**: `InterchangeError` for the name `__metadata__`, for a type the format lacks (complex128), or if the
  /// system refuses; nothing is left behind.
  public static func write(
    _ arrays: OrderedDictionary<String, HostArray>, metadata: [String: String] = [:], to url: URL
  ) throws {
    try AtomicFile.write(to: url) { try write(arrays, metadata: metadata, into: $0, path: url.path) }
  }

  /// Writes arrays and metadata into a file in the making.
  static func write(
    _ arrays: OrderedDictionary<String, HostArray>, metadata: [String: String], into file: FileWriter, path: String
  ) throws(InterchangeError) {
    var order = Array(arrays.values.indices)
    order.sort { (-arrays.values[$0].element.size, $0) < (-arrays.values[$1].element.size, $1) }
    var starts = [Int](repeating: 0, count: arrays.count)
    var end = 0
    for index in order {
      starts[index] = end
      end += arrays.values[index].bytes.count
    }
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map {
        "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))"
      }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    for (index, (name, array)) in arrays.enumerated() {
      guard name != "__metadata__" else {
        throw InterchangeError(.unwritable, path: path, "an array is named __metadata__", expected: "another name")
      }
      guard let code = SafetensorsHeader.codes.first(where: { $0.element == array.element })?.code else {
        throw InterchangeError(
          .unsupported, path: path, "\"\(name)\": safetensors has no \(array.element)", expected: "another type, or npz"
        )
      }
      let shape = array.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(JSONText.quoted(name)):{\"dtype\":\"\(code)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(starts[index]),\(starts[index] + array.bytes.count)]}")
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    var prefix: [UInt8] = []
    prefix.appendLittleEndian(UInt64(header.count))
    try file.write(prefix)
    try file.write(header)
    for index in order { try file.write(arrays.values[index].bytes) }
  }
}
