import Foundation
import Interchange
import OrderedCollections
import Tensors
import Testing

@Suite struct SafetensorsTests {
  @Test func everyTypeFromPython() throws {
    let contents = try Safetensors.read(Fixtures.golden("types.safetensors"))
    let tensors = contents.tensors
    #expect(contents.metadata == ["format": "pt", "note": "tab\there"])
    #expect(
      Array(tensors.keys) == [
        "f64", "f32", "f16", "bf16", "i64", "i32", "i16", "i8", "u8", "u16", "bool", "none", "größe \"x\"",
      ])
    let expected: [(String, DType, Shape, [Double])] = [
      ("f64", .float64, [2], [0.1, -0.2]), ("f32", .float32, [2, 2], [1, 2, 3, 4]),
      ("f16", .float16, [2], [0.5, -1.5]),
      ("bf16", .bfloat16, [3], [1, -2.5, 3.25]), ("i64", .int64, [], [-7]), ("i32", .int32, [1], [1_048_576]),
      ("i16", .int16, [2], [-3, 300]), ("i8", .int8, [2], [-3, 100]), ("u8", .uint8, [2], [3, 200]),
      ("u16", .int32, [1], [65535]), ("bool", .bool, [3], [1, 0, 1]), ("none", .float32, [0, 4], []),
      ("größe \"x\"", .float32, [1], [9]),
    ]
    for (name, dtype, shape, values) in expected {
      let tensor = try #require(tensors[name])
      #expect(tensor.dtype == dtype, "\(name)")
      #expect(tensor.shape == shape, "\(name)")
      #expect(tensor.scalars(as: Double.self) == values, "\(name)")
    }
    let arrays = try Safetensors.readArrays(Fixtures.golden("types.safetensors")).arrays
    #expect(arrays["bf16"]?.doubles == [1, -2.5, 3.25])
    #expect(arrays["f16"]?.doubles == [0.5, -1.5])
    #expect(arrays["u16"]?.element == .uint16)
  }

  @Test func roundTrip() throws {
    let (arrays, metadata) = try Safetensors.readArrays(Fixtures.golden("types.safetensors"))
    try Fixtures.withFolder { folder in
      let first = folder.appendingPathComponent("a.safetensors")
      let second = folder.appendingPathComponent("b.safetensors")
      try Safetensors.write(arrays, metadata: metadata, to: first)
      try Safetensors.write(arrays, metadata: metadata, to: second)
      #expect(try Fixtures.bytes(first) == Fixtures.bytes(second))
      let read = try Safetensors.readArrays(first)
      #expect(read.arrays == arrays)
      #expect(Array(read.arrays.keys) == Array(arrays.keys))
      #expect(read.metadata == metadata)
      // Every array is aligned to its element size.
      let header = try Safetensors.readHeader(first)
      #expect(header.dataStart % 8 == 0)
      for (name, entry) in header.entries {
        #expect(entry.range.lowerBound % entry.element.size == 0, "\(name)")
      }
      #expect(try Fixtures.names(in: folder) == ["a.safetensors", "b.safetensors"])
    }
  }

  @Test func specialNumbersAndEmptyFiles() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.safetensors")
      let odd = HostArray([.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude] as [Float], shape: [5])
      try Safetensors.write(["odd": odd], to: url)
      #expect(try Safetensors.readArrays(url).arrays["odd"]?.bytes == odd.bytes)
      try Safetensors.write(OrderedDictionary<String, HostArray>(), to: url)
      #expect(try Safetensors.readArrays(url).arrays.isEmpty)
    }
  }

  @Test func refusedToWrite() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.safetensors")
      expectError(.unsupported, "\"z\": safetensors has no complex128") {
        try Safetensors.write(["z": Tensor.zeros([1], dtype: .complex128)], to: url)
      }
      expectError(.unwritable, "an array is named __metadata__") {
        try Safetensors.write(["__metadata__": Tensor.zeros([1])], to: url)
      }
      let names = try Fixtures.names(in: folder)
      #expect(names.isEmpty)
    }
  }

  private static func file(_ header: String, data: Int = 8, length: UInt64? = nil) -> [UInt8] {
    let text = Array(header.utf8)
    let count = length ?? UInt64(text.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(8 * $0)) } + text
      + [UInt8](repeating: 3, count: data)
  }

  static let damaged: [(bytes: [UInt8], kind: InterchangeError.Kind, part: String)] = [
    ([1, 2], .truncated, "the file ends inside the length of the header"),
    (Array("this is a text file".utf8), .malformed, "this is no safetensors file"),
    (file("{}", length: 200_000_000), .malformed, "200000000 bytes long"),
    (
      file("{}", data: 0, length: 300), .truncated,
      "the header is 300 bytes long and the file ends before; expected at most 2"
    ),
    (file("[]", data: 0), .malformed, "does not start with '{'"),
    (file("{\"a\":}", data: 0), .malformed, "byte 13: the header is no JSON: this is no JSON value"),
    (file("{\"a\":1,\"a\":2}", data: 0), .malformed, "the key \"a\" occurs twice"),
    (file("{\"a\":1", data: 0), .malformed, "the object is not closed"),
    (file("{} x", data: 0), .malformed, "there is text after the end"),
    (file("{\"a\":1}"), .malformed, "\"a\": the entry is no object"),
    (file("{\"__metadata__\":1}", data: 0), .malformed, "__metadata__ is no object"),
    (file("{\"__metadata__\":{\"x\":1}}", data: 0), .malformed, "__metadata__ \"x\" is no text"),
    (
      file("{\"a\":{\"dtype\":\"F12\",\"shape\":[2],\"data_offsets\":[0,8]}}"), .unsupported,
      "the dtype F12 is unknown; expected F64"
    ),
    (file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}"), .malformed, "the entry is incomplete"),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}"), .malformed, "not made of whole numbers"
    ),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}"), .malformed,
      "not made of whole numbers"
    ),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}"), .malformed,
      "the data_offsets are invalid"
    ),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}"), .malformed,
      "4 bytes for float32 [2]; expected 8 bytes"
    ),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4],\"data_offsets\":[0,8]}}"), .malformed,
      "more than 2^63"
    ),
    (file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}"), .malformed, "\"x\" is unknown"),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", data: 7), .truncated,
      "7 bytes of data; expected 8"
    ),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", data: 9), .malformed,
      "9 bytes of data; expected 8"
    ),
    (
      file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", data: 12), .malformed,
      "leaves a hole of 4 bytes"
    ),
    (
      file(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}",
        data: 6), .malformed, "\"b\" overlaps the array before it; expected a start at 4"
    ),
    (file("{\"a\":{\"dtype\":\"BOOL\",\"shape\":[8],\"data_offsets\":[0,8]}}"), .malformed, "holds 3 among booleans"),
  ]

  @Test(arguments: damaged.indices) func damagedFiles(index: Int) throws {
    let (bytes, kind, part) = Self.damaged[index]
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.safetensors")
      try AtomicFile.write(bytes, to: url)
      expectError(kind, part) { _ = try Safetensors.read(url) }
    }
  }

  @Test func missingFile() {
    expectError(.missing, "nowhere.safetensors: there is no such file") {
      _ = try Safetensors.read(Fixtures.golden("nowhere.safetensors"))
    }
  }
}
