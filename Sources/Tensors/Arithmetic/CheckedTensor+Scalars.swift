internal import CTorchShim

// The operations on each element and a number. A `Double` makes integers floating-point, an `Int` does not.
extension CheckedTensor {
  @inline(__always)
  func binary(_ operation: TSBinary, _ name: StaticString, _ scalar: TSScalar) throws(TorchError) -> Tensor {
    try produce(name, tensor) { ts_binary_scalar(operation, $0, scalar, $1) }
  }

  @inline(__always)
  func binary(_ scalar: TSScalar, _ operation: TSBinary, _ name: StaticString) throws(TorchError) -> Tensor {
    try produce(name, tensor) { ts_scalar_binary(operation, scalar, $0, $1) }
  }

  /// The sum of each element and a number.
  public static func + (lhs: CheckedTensor, rhs: Double) throws(TorchError) -> Tensor {
    try lhs.binary(.add, "+", TSScalar(rhs))
  }
  /// The sum of each element and a number.
  public static func + (lhs: CheckedTensor, rhs: Int) throws(TorchError) -> Tensor {
    try lhs.binary(.add, "+", TSScalar(rhs))
  }
  /// The difference of each element and a number.
  public static func - (lhs: CheckedTensor, rhs: Double) throws(TorchError) -> Tensor {
    try lhs.binary(.subtract, "-", TSScalar(rhs))
  }
  /// The difference of each element and a number.
  public static func - (lhs: CheckedTensor, rhs: Int) throws(TorchError) -> Tensor {
    try lhs.binary(.subtract, "-", TSScalar(rhs))
  }
  /// The product of each element and a number.
  public static func * (lhs: CheckedTensor, rhs: Double) throws(TorchError) -> Tensor {
    try lhs.binary(.multiply, "*", TSScalar(rhs))
  }
  /// The product of each element and a number.
  public static func * (lhs: CheckedTensor, rhs: Int) throws(TorchError) -> Tensor {
    try lhs.binary(.multiply, "*", TSScalar(rhs))
  }
  /// The quotient of each element and a number.
  public static func / (lhs: CheckedTensor, rhs: Double) throws(TorchError) -> Tensor {
    try lhs.binary(.divide, "/", TSScalar(rhs))
  }
  /// The quotient of each element and a number.
  public static func / (lhs: CheckedTensor, rhs: Int) throws(TorchError) -> Tensor {
    try lhs.binary(.divide, "/", TSScalar(rhs))
  }
  /// Each element to the power of a number.
  public func pow(_ other: Double) throws(TorchError) -> Tensor { try binary(.power, "pow", TSScalar(other)) }
  /// Each element to the power of a number.
  public func pow(_ other: Int) throws(TorchError) -> Tensor { try binary(.power, "pow", TSScalar(other)) }
  /// What is left of a division, with the sign of the divisor.
  public func remainder(_ other: Double) throws(TorchError) -> Tensor {
    try binary(.remainder, "remainder", TSScalar(other))
  }
  /// What is left of a division, with the sign of the divisor.
  public func remainder(_ other: Int) throws(TorchError) -> Tensor {
    try binary(.remainder, "remainder", TSScalar(other))
  }
  /// The quotient rounded down.
  public func floorDivide(by other: Double) throws(TorchError) -> Tensor {
    try binary(.floorDivide, "floorDivide", TSScalar(other))
  }
  /// The quotient rounded down.
  public func floorDivide(by other: Int) throws(TorchError) -> Tensor {
    try binary(.floorDivide, "floorDivide", TSScalar(other))
  }
  /// Whether each element equals a number.
  public func equal(to other: Double) throws(TorchError) -> Tensor { try binary(.equal, "equal", TSScalar(other)) }
  /// Whether each element equals a number.
  public func equal(to other: Int) throws(TorchError) -> Tensor { try binary(.equal, "equal", TSScalar(other)) }
  /// Whether each element differs from a number.
  public func notEqual(to other: Double) throws(TorchError) -> Tensor {
    try binary(.notEqual, "notEqual", TSScalar(other))
  }
  /// Whether each element differs from a number.
  public func notEqual(to other: Int) throws(TorchError) -> Tensor {
    try binary(.notEqual, "notEqual", TSScalar(other))
  }
  /// Whether each element is less than a number.
  public func less(than other: Double) throws(TorchError) -> Tensor { try binary(.less, "less", TSScalar(other)) }
  /// Whether each element is less than a number.
  public func less(than other: Int) throws(TorchError) -> Tensor { try binary(.less, "less", TSScalar(other)) }
  /// Whether each element is not greater than a number.
  public func lessOrEqual(to other: Double) throws(TorchError) -> Tensor {
    try binary(.lessOrEqual, "lessOrEqual", TSScalar(other))
  }
  /// Whether each element is not greater than a number.
  public func lessOrEqual(to other: Int) throws(TorchError) -> Tensor {
    try binary(.lessOrEqual, "lessOrEqual", TSScalar(other))
  }
  /// Whether each element is greater than a number.
  public func greater(than other: Double) throws(TorchError) -> Tensor {
    try binary(.greater, "greater", TSScalar(other))
  }
  /// Whether each element is greater than a number.
  public func greater(than other: Int) throws(TorchError) -> Tensor { try binary(.greater, "greater", TSScalar(other)) }
  /// Whether each element is not less than a number.
  public func greaterOrEqual(to other: Double) throws(TorchError) -> Tensor {
    try binary(.greaterOrEqual, "greaterOrEqual", TSScalar(other))
  }
  /// Whether each element is not less than a number.
  public func greaterOrEqual(to other: Int) throws(TorchError) -> Tensor {
    try binary(.greaterOrEqual, "greaterOrEqual", TSScalar(other))
  }
  /// The larger of each element and a number.
  public func maximum(_ other: Double) throws(TorchError) -> Tensor { try clamp(min: other) }
  /// The smaller of each element and a number.
  public func minimum(_ other: Double) throws(TorchError) -> Tensor { try clamp(max: other) }
  /// A number to the power of each element.
  public static func pow(_ base: Double, _ exponent: Tensor) throws(TorchError) -> Tensor {
    try exponent.checked.binary(TSScalar(base), .power, "pow")
  }
}
