import Foundation
import Interchange
import OrderedCollections
import Tensors
import Testing

@Suite struct NumPyTests {
  static let files: [(String, ElementType)] = [
    ("f2", .float16), ("f4", .float32), ("f8", .float64), ("i1", .int8), ("i2", .int16), ("i4", .int32), ("i8", .int64),
    ("u1", .uint8), ("u2", .uint16), ("u4", .uint32), ("u8", .uint64), ("b1", .bool),
  ]

  /// The values that the script wrote, by kind of type.
  private func expected(_ code: String) -> [Double] {
    let base = (0..<6).map { (Double($0) - 2) * 0.5 }
    switch code.first {
    case "u": return base.map { abs($0) * 2 }
    case "i": return base.map { $0 * 2 }
    case "b": return base.map { $0 == 0 ? 0 : 1 }
    default: return base
    }
  }

  @Test(arguments: files, ["little", "big"]) func everyType(file: (String, ElementType), order: String) throws {
    let url = Fixtures.golden("\(file.0)_\(order).npy")
    if file.1.size == 1, order == "big" { return }
    let array = try NumPy.readArray(url)
    #expect(array.element == file.1)
    #expect(array.shape == [2, 3])
    #expect(array.doubles == expected(file.0))
    let tensor = try NumPy.read(url)
    #expect(tensor.shape == [2, 3])
    #expect(tensor.scalars(as: Double.self) == expected(file.0))
    #expect(tensor.dtype.byteCount! >= file.1.size)
    // What is written again is read the same, and little-endian files are the same to the byte.
    try Fixtures.withFolder { folder in
      let copy = folder.appendingPathComponent("copy.npy")
      try NumPy.write(array, to: copy)
      #expect(try NumPy.readArray(copy) == array)
      if order == "little" { #expect(try Fixtures.bytes(copy) == Fixtures.bytes(url)) }
    }
  }

  @Test(arguments: ["c8", "c16"], ["little", "big"]) func complexNumbers(code: String, order: String) throws {
    let array = try NumPy.readArray(Fixtures.golden("\(code)_\(order).npy"))
    #expect(array.element == (code == "c8" ? .complex64 : .complex128))
    let real: ElementType = code == "c8" ? .float32 : .float64
    let parts = HostArray(real, shape: [6, 2], bytes: array.bytes).doubles
    #expect(parts == expected("f").flatMap { [$0, $0 + 1] })
    #expect(try NumPy.read(Fixtures.golden("\(code)_\(order).npy")).dtype == (code == "c8" ? .complex64 : .complex128))
  }

  @Test func memoryOrders() throws {
    let url = Fixtures.golden("fortran.npy")
    let array = try NumPy.readArray(url)
    #expect(array.shape == [2, 3, 4])
    #expect(array.integers == Array(0..<24))
    try Fixtures.withFolder { folder in
      let copy = folder.appendingPathComponent("copy.npy")
      try NumPy.write(array, to: copy, order: .columnMajor)
      #expect(try Fixtures.bytes(copy) == Fixtures.bytes(url))
      // A tensor whose memory is transposed is written by its values.
      let transposed = try array.tensor().permute([2, 0, 1])
      try NumPy.write(transposed, to: copy)
      let read = try NumPy.read(copy)
      #expect(read.shape == [4, 2, 3])
      #expect(read.scalars(as: Int.self) == transposed.scalars(as: Int.self))
    }
  }

  @Test func unusualShapesAndVersions() throws {
    #expect(try NumPy.readArray(Fixtures.golden("scalar.npy")) == HostArray([2.5] as [Double], shape: []))
    #expect(try NumPy.readArray(Fixtures.golden("vector.npy")).shape == [5])
    #expect(try NumPy.readArray(Fixtures.golden("empty.npy")).shape == [0, 3])
    #expect(try NumPy.readArray(Fixtures.golden("version2.npy")).integers == [0, 1, 2])
  }

  @Test func archives() throws {
    let stored = try NumPy.readArrays(Fixtures.golden("stored.npz"))
    #expect(Array(stored.keys) == ["first", "second"])
    #expect(stored["first"]?.floats == [0, 1, 2, 3])
    let deflated = try NumPy.readArchive(Fixtures.golden("deflated.npz"))
    #expect(deflated["first"]?.scalars(as: Int.self) == Array(0..<1000))
    #expect(deflated["second"]?.scalars(as: Double.self) == [1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(try NumPy.readArrays(Fixtures.golden("zip64.npz"))["big"]?.integers == [0, 1, 2, 3])
    try Fixtures.withFolder { folder in
      for isCompressed in [false, true] {
        let copy = folder.appendingPathComponent("copy.npz")
        try NumPy.writeArchive(deflated, to: copy, isCompressed: isCompressed)
        #expect(try NumPy.readArrays(copy) == NumPy.readArrays(Fixtures.golden("deflated.npz")))
      }
    }
  }

  @Test func unsupportedTypes() throws {
    expectError(.unsupported, "the element type '<U2' cannot be read") {
      _ = try NumPy.readArray(Fixtures.golden("text.npy"))
    }
    expectError(.unsupported, "the elements are records; expected plain numbers") {
      _ = try NumPy.readArray(Fixtures.golden("record.npy"))
    }
    try Fixtures.withFolder { folder in
      expectError(.unsupported, "NumPy has no bfloat16; expected another type, such as float32, or safetensors") {
        try NumPy.write(Tensor.zeros([2], dtype: .bfloat16), to: folder.appendingPathComponent("a.npy"))
      }
      expectError(.unsupported, "b.npy: NumPy has no bfloat16") {
        let tensors: OrderedDictionary<String, Tensor> = ["a": .zeros([2]), "b": .zeros([2], dtype: .bfloat16)]
        try NumPy.writeArchive(tensors, to: folder.appendingPathComponent("a.npz"))
      }
      let names = try Fixtures.names(in: folder)
      #expect(names.isEmpty)
    }
  }

  private static func npy(_ header: String, data: Int, version: UInt8 = 1) -> [UInt8] {
    let text = Array(header.utf8) + [0x0A]
    return [0x93] + Array("NUMPY".utf8) + [version, 0, UInt8(text.count & 255), UInt8(text.count >> 8)] + text
      + [UInt8](repeating: 0, count: data)
  }

  static let damaged: [(bytes: [UInt8], kind: InterchangeError.Kind, part: String)] = [
    ([], .malformed, "this is no npy file; expected the magic"),
    (Array("PK plain text".utf8), .malformed, "this is no npy file"),
    (Array(npy("", data: 0).prefix(8)), .truncated, "the file ends inside the header"),
    (npy("{}", data: 0, version: 9), .unsupported, "version 9.0; expected 1.0, 2.0 or 3.0"),
    (Array(npy("{'descr': '<f4'}", data: 0).prefix(14)), .truncated, "the header is 17 bytes long"),
    (npy("{'descr': '<f4', 'fortran_order': False}", data: 0), .malformed, "the header is incomplete"),
    (npy("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", data: 8), .malformed, "expected True or False"),
    (npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2)}", data: 8), .malformed, "',' after the only length"),
    (npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", data: 8), .malformed, "a length of 0 or more"),
    (npy("{'descr': '<f4', 'fortran_order': False, 'shape': [2]}", data: 8), .malformed, "expected '('"),
    (npy("{'descr': '<f4', 'descr': '<f4', 'shape': (2,)}", data: 8), .malformed, "'descr' is unknown or occurs twice"),
    (npy("{'descr': '<f4', 'x': 1, 'shape': (2,)}", data: 8), .malformed, "'x' is unknown or occurs twice"),
    (npy("{'descr': 'f4', 'fortran_order': False, 'shape': (2,)}", data: 8), .unsupported, "'f4' cannot be read"),
    (npy("{'descr': '|f4', 'fortran_order': False, 'shape': (2,)}", data: 8), .unsupported, "'|f4' cannot be read"),
    (npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,)}", data: 8), .unsupported, "'|O' cannot be read"),
    (npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x", data: 8), .malformed, "text after the header"),
    (
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", data: 7), .truncated,
      "7 bytes of data for float32 [2]; expected 8 bytes"
    ),
    (npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", data: 9), .malformed, "9 bytes of data"),
    (
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", data: 9), .truncated, "9 bytes"
    ),
  ]

  @Test(arguments: damaged.indices) func damagedFiles(index: Int) throws {
    let (bytes, kind, part) = Self.damaged[index]
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.npy")
      try AtomicFile.write(bytes, to: url)
      expectError(kind, part) { _ = try NumPy.readArray(url) }
      expectError(kind, url.path) { _ = try NumPy.read(url) }
    }
  }

  @Test func damagedArchive() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.npz")
      try AtomicFile.write(to: url) { file in
        let archive = ZipWriter(file, path: url.path)
        try archive.add("a.npy", Self.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", data: 7))
        try archive.finish()
      }
      expectError(.truncated, "a.npz/a.npy, byte") { _ = try NumPy.readArrays(url) }
      try AtomicFile.write(to: url) { file in
        let archive = ZipWriter(file, path: url.path)
        try archive.add("a.txt", [1])
        try archive.finish()
      }
      expectError(.malformed, "the archive holds \"a.txt\"; expected only names ending in .npy") {
        _ = try NumPy.readArrays(url)
      }
    }
  }
}
