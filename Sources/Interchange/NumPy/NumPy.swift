public import Foundation
public import OrderedCollections

/// Reads and writes arrays in NumPy's npy and npz files.
///
/// All numeric types are read in both byte orders and both memory orders; what is written is little-endian. Header
/// versions 1, 2 and 3 are read. Objects, strings and records are refused.
public enum NumPy {
  /// The order in which the elements of a written file follow each other.
  public enum Order: Hashable, Sendable {
    /// The last axis runs fastest.
    case rowMajor
    /// The first axis runs fastest ("Fortran order").
    case columnMajor
  }

  /// Reads the array of an npy file.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated, malformed or unsupported file.
  public static func readArray(_ url: URL) throws(InterchangeError) -> HostArray {
    try array(from: try FileReader(url).allBytes(), path: url.path)
  }

  /// Reads all arrays of an npz file, in the order of the archive.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated, malformed or unsupported file.
  public static func readArrays(_ url: URL) throws(InterchangeError) -> OrderedDictionary<String, HostArray> {
    let archive = try ZipReader(url)
    var arrays: OrderedDictionary<String, HostArray> = [:]
    for entry in archive.entries {
      guard entry.name.hasSuffix(".npy") else {
        throw InterchangeError(
          .malformed, path: url.path, "the archive holds \"\(entry.name)\"", expected: "only names ending in .npy")
      }
      let bytes = try archive.contents(of: entry.name)
      arrays[String(entry.name.dropLast(4))] = try array(from: bytes, path: "\(url.path)/\(entry.name)")
    }
    return arrays
  }

  /// Writes an array as an npy file, atomically.
  ///
  /// **Throws**: `InterchangeError` for a type that NumPy lacks (bfloat16), or if the system refuses.
  public static func write(
    _ array: HostArray, to url: URL, order: Order = .rowMajor
  ) throws(InterchangeError) {
    try AtomicFile.write(try serialized(array, order: order, path: url.path), to: url)
  }

  /// Writes arrays as an npz file, atomically; equal arrays give equal bytes.
  ///
  /// **Throws**: `InterchangeError` for a type that NumPy lacks (bfloat16), or if the system refuses.
  public static func write(
    _ arrays: OrderedDictionary<String, HostArray>, to url: URL, isCompressed: Bool = false
  ) throws {
    try AtomicFile.write(to: url) { file in
      let archive = ZipWriter(file, path: url.path)
      for (name, array) in arrays {
        let bytes = try serialized(array, order: .rowMajor, path: "\(url.path)/\(name).npy")
        try archive.add(name + ".npy", bytes, isCompressed: isCompressed)
      }
      try archive.finish()
    }
  }

  static func serialized(_ array: HostArray, order: Order, path: String) throws(InterchangeError) -> [UInt8] {
    let isColumnMajor = order == .columnMajor && array.shape.count > 1
    guard let header = NumPyHeader.serialized(array.element, shape: array.shape, isFortranOrder: isColumnMajor) else {
      throw InterchangeError(
        .unsupported, path: path, "NumPy has no \(array.element)",
        expected: "another type, such as float32, or safetensors")
    }
    if !isColumnMajor { return header + array.bytes }
    // Column-major order of a shape is row-major order of the reversed shape, with the axes reversed.
    return header + reversingAxes(array.bytes, shape: array.shape, size: array.element.size)
  }

  static func array(from bytes: [UInt8], path: String) throws(InterchangeError) -> HostArray {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw InterchangeError(.malformed, path: path, offset: 0, "this is no npy file", expected: "the magic \\x93NUMPY")
    }
    guard bytes.count >= 10 else {
      throw InterchangeError(.truncated, path: path, offset: bytes.count, "the file ends inside the header")
    }
    let version = bytes[6]
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw InterchangeError(
        .unsupported, path: path, offset: 6, "the format has version \(version).\(bytes[7])",
        expected: "1.0, 2.0 or 3.0")
    }
    let start = version == 1 ? 10 : 12
    guard bytes.count >= start else {
      throw InterchangeError(.truncated, path: path, offset: bytes.count, "the file ends inside the header")
    }
    let length =
      version == 1 ? Int(bytes.littleEndian(UInt16.self, at: 8)) : Int(bytes.littleEndian(UInt32.self, at: 8))
    guard bytes.count >= start + length else {
      throw InterchangeError(
        .truncated, path: path, offset: start, "the header is \(length) bytes long and the file ends before",
        expected: "at most \(bytes.count - start)")
    }
    let header: NumPyHeader
    do throws(NumPyHeader.Failure) {
      header = try NumPyHeader.parse(Array(bytes[start..<(start + length)]))
    } catch {
      throw InterchangeError(
        error.isUnsupported ? .unsupported : .malformed, path: path, offset: start + error.offset, error.problem,
        expected: error.expectation)
    }
    let size = header.element.size
    guard let expected = byteCount(of: header.shape, size: size), bytes.count - start - length == expected else {
      let found = bytes.count - start - length
      let needed = byteCount(of: header.shape, size: size)
      throw InterchangeError(
        found < needed ?? .max ? .truncated : .malformed, path: path, offset: start + length,
        "\(found) bytes of data for \(header.element) \(header.shape)", expected: needed.map { "\($0) bytes" })
    }
    return rowMajor(Array(bytes[(start + length)...]), header)
  }

  /// The array of elements in any order, as many as the header says.
  static func rowMajor(_ bytes: [UInt8], _ header: NumPyHeader) -> HostArray {
    var data = bytes
    if header.isBigEndian { swapBytes(&data, wordSize: header.element.wordSize) }
    if header.isFortranOrder, header.shape.count > 1 {
      data = reversingAxes(data, shape: header.shape.reversed(), size: header.element.size)
    }
    return HostArray(header.element, shape: header.shape, bytes: data)
  }

  /// The bytes of an array of this shape, or nil past the range of integers.
  static func byteCount(of shape: [Int], size: Int) -> Int? {
    if shape.contains(0) { return 0 }
    var total = size
    for length in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      total = product
    }
    return total
  }

  private static func swapBytes(_ bytes: inout [UInt8], wordSize: Int) {
    guard wordSize > 1 else { return }
    for start in stride(from: 0, to: bytes.count, by: wordSize) {
      bytes[start..<(start + wordSize)].reverse()
    }
  }

  /// Returns the elements of a row-major array of `shape` in the row-major order of the array with all axes reversed.
  private static func reversingAxes(_ bytes: [UInt8], shape: [Int], size: Int) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    let rank = shape.count
    // Stride of each source axis, visited with the last axis outermost.
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * shape[axis + 1] }
    var index = [Int](repeating: 0, count: rank)
    var source = 0
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { output, filled in
      bytes.withUnsafeBufferPointer { input in
        var target = 0
        while target < bytes.count {
          for byte in 0..<size { output[target + byte] = input[source * size + byte] }
          target += size
          var axis = 0
          while axis < rank {
            index[axis] += 1
            source += strides[axis]
            if index[axis] < shape[axis] { break }
            source -= strides[axis] * shape[axis]
            index[axis] = 0
            axis += 1
          }
        }
      }
      filled = bytes.count
    }
  }
}
