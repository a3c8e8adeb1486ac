/// The type of a tensor's elements.
public enum DType: Hashable, Sendable {
  case float64, float32, bfloat16, float16
  case int64, int32, int16, int8, uint8, bool
  case complex64, complex128
  /// A type of the engine that has no name here, by its code; never a stand-in for one of the others.
  case other(Int8)

  /// The type that a code of the engine stands for.
  public init(code: Int8) {
    self =
      switch code {
      case 0: .uint8
      case 1: .int8
      case 2: .int16
      case 3: .int32
      case 4: .int64
      case 5: .float16
      case 6: .float32
      case 7: .float64
      case 9: .complex64
      case 10: .complex128
      case 11: .bool
      case 15: .bfloat16
      default: .other(code)
      }
  }

  /// The type with a name such as `float32`, or nil.
  public init?(name: String) {
    guard let match = Self.named.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// The types that have a name.
  public static let named: [DType] = [
    .float64, .float32, .bfloat16, .float16, .int64, .int32, .int16, .int8, .uint8, .bool, .complex64, .complex128,
  ]

  /// The engine's code.
  public var code: Int8 {
    switch self {
    case .uint8: 0
    case .int8: 1
    case .int16: 2
    case .int32: 3
    case .int64: 4
    case .float16: 5
    case .float32: 6
    case .float64: 7
    case .complex64: 9
    case .complex128: 10
    case .bool: 11
    case .bfloat16: 15
    case .other(let code): code
    }
  }

  /// The name as it is written in files and messages.
  public var name: String {
    switch self {
    case .float64: "float64"
    case .float32: "float32"
    case .bfloat16: "bfloat16"
    case .float16: "float16"
    case .int64: "int64"
    case .int32: "int32"
    case .int16: "int16"
    case .int8: "int8"
    case .uint8: "uint8"
    case .bool: "bool"
    case .complex64: "complex64"
    case .complex128: "complex128"
    case .other(let code): "other(\(code))"
    }
  }

  /// Whether the type is a real floating-point type.
  public var isFloatingPoint: Bool {
    switch self {
    case .float64, .float32, .bfloat16, .float16: true
    default: false
    }
  }

  /// Whether the type is complex.
  public var isComplex: Bool { self == .complex64 || self == .complex128 }

  /// Whether the type is an integer; `bool` is not.
  public var isInteger: Bool {
    switch self {
    case .int64, .int32, .int16, .int8, .uint8: true
    default: false
    }
  }

  /// Bytes per element, or nil for a type without a name.
  public var byteCount: Int? {
    switch self {
    case .complex128: 16
    case .float64, .int64, .complex64: 8
    case .float32, .int32: 4
    case .bfloat16, .float16, .int16: 2
    case .int8, .uint8, .bool: 1
    case .other: nil
    }
  }
}

extension DType: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
