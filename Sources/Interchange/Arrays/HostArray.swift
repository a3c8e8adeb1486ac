/// A plain array in memory, as files hold it: element type, shape, and little-endian bytes in row-major order.
///
/// The bridge between file formats and whatever uses the numbers; `tensor()` turns it into a tensor.
public struct HostArray: Hashable, Sendable {
  /// The type of the elements.
  public let element: ElementType
  /// The length of each axis; empty for a single number.
  public let shape: [Int]
  /// The elements, little-endian, the last axis fastest.
  public let bytes: [UInt8]

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Creates an array from its bytes.
  ///
  /// **Traps**: unless the bytes are as many as shape and element type say.
  public init(_ element: ElementType, shape: [Int], bytes: [UInt8]) {
    let expected = shape.reduce(1, *) * element.size
    precondition(
      bytes.count == expected, "HostArray: \(element) \(shape) takes \(expected) bytes, got \(bytes.count)")
    self.element = element
    self.shape = shape
    self.bytes = bytes
  }

  /// Creates an array of 32-bit floats.
  public init(_ values: [Float], shape: [Int]) {
    self.init(.float32, shape: shape, bytes: Self.littleEndianBytes(values.map(\.bitPattern)))
  }

  /// Creates an array of 64-bit floats.
  public init(_ values: [Double], shape: [Int]) {
    self.init(.float64, shape: shape, bytes: Self.littleEndianBytes(values.map(\.bitPattern)))
  }

  /// Creates an array of 64-bit integers.
  public init(_ values: [Int], shape: [Int]) {
    self.init(.int64, shape: shape, bytes: Self.littleEndianBytes(values))
  }

  private static func littleEndianBytes<T: FixedWidthInteger>(_ values: [T]) -> [UInt8] {
    values.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// The elements as doubles; 64-bit integers beyond 2^53 are rounded, booleans give 0 and 1.
  ///
  /// **Traps**: for complex elements, which have no single value.
  public var doubles: [Double] {
    bytes.withUnsafeBytes { raw in
      func map<T, U>(_ type: T.Type, _ convert: (T) -> U) -> [U] {
        (0..<count).map { convert(raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self)) }
      }
      switch element {
      case .float64: return map(UInt64.self) { Double(bitPattern: UInt64(littleEndian: $0)) }
      case .float32: return map(UInt32.self) { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
      case .float16: return map(UInt16.self) { Double(Self.float(half: UInt16(littleEndian: $0))) }
      case .bfloat16: return map(UInt16.self) { Double(Float(bitPattern: UInt32(UInt16(littleEndian: $0)) << 16)) }
      case .int64: return map(Int64.self) { Double(Int64(littleEndian: $0)) }
      case .int32: return map(Int32.self) { Double(Int32(littleEndian: $0)) }
      case .int16: return map(Int16.self) { Double(Int16(littleEndian: $0)) }
      case .int8: return map(Int8.self) { Double($0) }
      case .uint64: return map(UInt64.self) { Double(UInt64(littleEndian: $0)) }
      case .uint32: return map(UInt32.self) { Double(UInt32(littleEndian: $0)) }
      case .uint16: return map(UInt16.self) { Double(UInt16(littleEndian: $0)) }
      case .uint8: return map(UInt8.self) { Double($0) }
      case .bool: return map(UInt8.self) { $0 == 0 ? 0 : 1 }
      case .complex64, .complex128:
        preconditionFailure("HostArray.doubles: the elements are \(element); read the bytes instead")
      }
    }
  }

  /// The elements as 32-bit floats.
  public var floats: [Float] { doubles.map { Float($0) } }

  /// The elements as integers; nil if one is no whole number of 64 bits.
  public var integers: [Int]? {
    if element == .int64 {
      return bytes.withUnsafeBytes { raw in
        (0..<count).map { Int(Int64(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))) }
      }
    }
    var result: [Int] = []
    result.reserveCapacity(count)
    for value in doubles {
      guard let integer = Int(exactly: value) else { return nil }
      result.append(integer)
    }
    return result
  }

  private static func float(half bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10) & 0x1F
    let fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * Float(sign: .plus, exponent: -24, significand: 1)
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1 + fraction / 1024) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
