public import OrderedCollections

/// The header of a safetensors file: where each array lies, and free text about the file.
public struct SafetensorsHeader: Sendable {
  /// One array in the file.
  public struct Entry: Hashable, Sendable {
    /// The type of the elements.
    public let element: ElementType
    /// The shape; empty for a single number.
    public let shape: [Int]
    /// The bytes of the array, counted from the end of the header.
    public let range: Range<Int>
  }

  /// The arrays in the order of the header.
  public let entries: OrderedDictionary<String, Entry>
  /// The `__metadata__` of the file.
  public let metadata: [String: String]
  /// The byte of the file at which the data start.
  public let dataStart: Int

  static let codes: [(code: String, element: ElementType)] = [
    ("F64", .float64), ("F32", .float32), ("F16", .float16), ("BF16", .bfloat16), ("I64", .int64), ("I32", .int32),
    ("I16", .int16), ("I8", .int8), ("U64", .uint64), ("U32", .uint32), ("U16", .uint16), ("U8", .uint8),
    ("BOOL", .bool),
    ("C64", .complex64),
  ]

  /// The longest header that is read, as in other implementations.
  static let maximumLength = 100_000_000

  /// Reads and checks the header of a file.
  init(_ file: FileReader) throws(InterchangeError) {
    let prefix = try file.bytes(at: 0, count: 8, of: "the length of the header")
    let length = prefix.littleEndian(UInt64.self, at: 0)
    guard length >= 2, length <= UInt64(Self.maximumLength) else {
      throw InterchangeError(
        .malformed, path: file.path, offset: 0, "the header would be \(length) bytes long; this is no safetensors file",
        expected: "2 to \(Self.maximumLength)")
    }
    guard Int(length) <= file.count - 8 else {
      throw InterchangeError(
        .truncated, path: file.path, offset: 8, "the header is \(length) bytes long and the file ends before",
        expected: "at most \(file.count - 8)")
    }
    let text = try file.bytes(at: 8, count: Int(length), of: "the header")
    guard text[0] == UInt8(ascii: "{") else {
      throw InterchangeError(
        .malformed, path: file.path, offset: 8, "the header does not start with '{'; this is no safetensors file")
    }
    let value: JSONValue
    do throws(JSONParser.Failure) {
      value = try JSONParser.parse(text)
    } catch {
      throw InterchangeError(
        .malformed, path: file.path, offset: 8 + error.offset, "the header is no JSON: \(error.problem)")
    }
    guard case .object(let members) = value else {
      throw InterchangeError(.malformed, path: file.path, offset: 8, "the header is no JSON object")
    }
    dataStart = 8 + Int(length)
    var entries: OrderedDictionary<String, Entry> = [:]
    var metadata: [String: String] = [:]
    for (name, value) in members {
      if name == "__metadata__" {
        metadata = try Self.metadata(value, path: file.path)
      } else {
        entries[name] = try Self.entry(name, value, path: file.path)
      }
    }
    try Self.checkLayout(entries, dataCount: file.count - dataStart, dataStart: dataStart, path: file.path)
    self.entries = entries
    self.metadata = metadata
  }

  private static func metadata(_ value: JSONValue, path: String) throws(InterchangeError) -> [String: String] {
    guard case .object(let members) = value else {
      throw InterchangeError(.malformed, path: path, "__metadata__ is no object", expected: "names with texts")
    }
    var result: [String: String] = [:]
    for (key, value) in members {
      guard case .string(let text) = value else {
        throw InterchangeError(.malformed, path: path, "__metadata__ \"\(key)\" is no text", expected: "a text")
      }
      result[key] = text
    }
    return result
  }

  private static func entry(_ name: String, _ value: JSONValue, path: String) throws(InterchangeError) -> Entry {
    func malformed(_ problem: String, expected: String) -> InterchangeError {
      InterchangeError(.malformed, path: path, "\"\(name)\": \(problem)", expected: expected)
    }
    guard case .object(let members) = value else {
      throw malformed("the entry is no object", expected: "dtype, shape and data_offsets")
    }
    var element: ElementType?
    var shape: [Int]?
    var offsets: [Int]?
    for (key, value) in members {
      switch (key, value) {
      case ("dtype", .string(let code)):
        element = codes.first { $0.code == code }?.element
        if element == nil {
          throw InterchangeError(
            .unsupported, path: path, "\"\(name)\": the dtype \(code) is unknown",
            expected: codes.map(\.code).joined(separator: ", "))
        }
      case ("shape", .array(let values)):
        let lengths = values.compactMap(\.integer).filter { $0 >= 0 }
        guard lengths.count == values.count else {
          throw malformed("the shape is not made of whole numbers", expected: "lengths of 0 or more")
        }
        shape = lengths
      case ("data_offsets", .array(let values)):
        let numbers = values.compactMap(\.integer).filter { $0 >= 0 }
        guard values.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else {
          throw malformed("the data_offsets are invalid", expected: "a start and an end, start <= end")
        }
        offsets = numbers
      default:
        throw malformed("\"\(key)\" is unknown or of the wrong type", expected: "dtype, shape and data_offsets")
      }
    }
    guard let element, let shape, let offsets else {
      throw malformed("the entry is incomplete", expected: "dtype, shape and data_offsets")
    }
    guard let count = NumPy.byteCount(of: shape, size: element.size), count == offsets[1] - offsets[0] else {
      let needed = NumPy.byteCount(of: shape, size: element.size).map { "\($0)" } ?? "more than 2^63"
      throw malformed("\(offsets[1] - offsets[0]) bytes for \(element) \(shape)", expected: "\(needed) bytes")
    }
    return Entry(element: element, shape: shape, range: offsets[0]..<offsets[1])
  }

  /// The arrays must cover the data exactly: no overlap, no hole, nothing after the last.
  private static func checkLayout(
    _ entries: OrderedDictionary<String, Entry>, dataCount: Int, dataStart: Int, path: String
  ) throws(InterchangeError) {
    var end = 0
    let sorted = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound) < ($1.value.range.lowerBound, $1.value.range.upperBound)
    }
    for (name, entry) in sorted {
      let start = entry.range.lowerBound
      guard start == end else {
        let problem = start < end ? "overlaps the array before it" : "leaves a hole of \(start - end) bytes before it"
        throw InterchangeError(
          .malformed, path: path, offset: dataStart + start, "\"\(name)\" \(problem)", expected: "a start at \(end)")
      }
      end = entry.range.upperBound
    }
    guard end == dataCount else {
      throw InterchangeError(
        end > dataCount ? .truncated : .malformed, path: path, offset: dataStart,
        "the file holds \(dataCount) bytes of data", expected: "\(end)")
    }
  }
}
