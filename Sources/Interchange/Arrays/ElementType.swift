/// The element types of arrays in files.
public enum ElementType: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  case float64, float32, float16, bfloat16
  case int64, int32, int16, int8
  case uint64, uint32, uint16, uint8
  case bool, complex64, complex128

  /// The number of bytes of one element.
  public var size: Int {
    switch self {
    case .complex128: 16
    case .float64, .int64, .uint64, .complex64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// The number of bytes whose order depends on the machine: half an element for complex numbers.
  var wordSize: Int {
    switch self {
    case .complex64, .complex128: size / 2
    default: size
    }
  }

  /// The name, such as `float32`.
  public var description: String { rawValue }
}
