public import Tensors

extension HostArray {
  /// Creates an array from the elements of a tensor on any device.
  ///
  /// **Throws**: `InterchangeError` naming `path` if the element type has no counterpart in files.
  public init(_ tensor: Tensor, path: String = "tensor") throws(InterchangeError) {
    let dtype = tensor.dtype
    guard let element = ElementType(dtype) else {
      throw InterchangeError(
        .unsupported, path: path, "the element type \(dtype) cannot be written",
        expected: "one of \(ElementType.allCases.map(\.description).joined(separator: ", "))")
    }
    // Tensors lie in memory in the machine's order, which is little-endian on all supported ones.
    let bytes = tensor.detach().withContiguousBytes { Array($0) }
    self.init(element, shape: tensor.shape.dimensions, bytes: bytes)
  }

  /// Returns the array as a tensor.
  ///
  /// Unsigned integers that tensors lack widen: uint16 to int32, uint32 and uint64 to int64.
  ///
  /// **Throws**: `InterchangeError` naming `path` if a uint64 exceeds an int64.
  public func tensor(on device: Device = .cpu, path: String = "array") throws(InterchangeError) -> Tensor {
    let shape = Shape(shape)
    switch element {
    case .uint16, .uint32, .uint64:
      let width = element.size
      var values: [Int] = []
      values.reserveCapacity(count)
      for index in 0..<count {
        let start = index * width
        let value = (0..<width).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
        guard let integer = Int(exactly: value) else {
          throw InterchangeError(.unsupported, path: path, "element \(index) is \(value)", expected: "below 2^63")
        }
        values.append(integer)
      }
      return Tensor(values, shape: shape, dtype: element == .uint16 ? .int32 : .int64, device: device)
    default:
      guard let dtype = DType(name: element.rawValue) else {
        throw InterchangeError(.unsupported, path: path, "tensors have no element type \(element)")
      }
      return bytes.withUnsafeBytes { Tensor(bytes: $0, shape: shape, dtype: dtype, device: device) }
    }
  }
}

extension ElementType {
  /// The type of a tensor's elements in a file, or nil where there is none.
  public init?(_ dtype: DType) {
    switch dtype {
    // The engine's codes of the unsigned integers that have no name there.
    case .other(27): self = .uint16
    case .other(28): self = .uint32
    case .other(29): self = .uint64
    default: self.init(rawValue: dtype.name)
    }
  }
}
