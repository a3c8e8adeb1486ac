internal import CTorchShim

// The operations on two tensors. Sizes of one are repeated to fit ("broadcasting"), from the last dimension on.
extension CheckedTensor {
  @inline(__always)
  func binary(_ operation: TSBinary, _ name: StaticString, _ other: Tensor) throws(TorchError) -> Tensor {
    try produce(name, tensor, other) { ts_binary(operation, $0, $1, $2) }
  }

  /// The sum of each two elements, with broadcasting.
  public static func + (lhs: CheckedTensor, rhs: Tensor) throws(TorchError) -> Tensor { try lhs.binary(.add, "+", rhs) }
  /// The difference of each two elements, with broadcasting.
  public static func - (lhs: CheckedTensor, rhs: Tensor) throws(TorchError) -> Tensor {
    try lhs.binary(.subtract, "-", rhs)
  }
  /// The product of each two elements, with broadcasting.
  public static func * (lhs: CheckedTensor, rhs: Tensor) throws(TorchError) -> Tensor {
    try lhs.binary(.multiply, "*", rhs)
  }
  /// The quotient of each two elements, with broadcasting.
  public static func / (lhs: CheckedTensor, rhs: Tensor) throws(TorchError) -> Tensor {
    try lhs.binary(.divide, "/", rhs)
  }
  /// Each element to the power of the other's, with broadcasting.
  public func pow(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.power, "pow", other) }
  /// The larger of each two elements, with broadcasting.
  public func maximum(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.maximum, "maximum", other) }
  /// The smaller of each two elements, with broadcasting.
  public func minimum(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.minimum, "minimum", other) }
  /// What is left of a division, with the sign of the divisor, with broadcasting.
  public func remainder(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.remainder, "remainder", other) }
  /// The quotient rounded down, with broadcasting.
  public func floorDivide(by other: Tensor) throws(TorchError) -> Tensor {
    try binary(.floorDivide, "floorDivide", other)
  }
  /// The angle of the point (other, self) (radians), with broadcasting.
  public func atan2(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.atan2, "atan2", other) }
  /// The length of the point (self, other), with broadcasting.
  public func hypot(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.hypot, "hypot", other) }
  /// The logarithm of the sum of the exponentials, with broadcasting.
  public func logAddExp(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.logAddExp, "logAddExp", other) }
  /// Whether each two elements are equal, with broadcasting.
  public func equal(to other: Tensor) throws(TorchError) -> Tensor { try binary(.equal, "equal", other) }
  /// Whether each two elements differ, with broadcasting.
  public func notEqual(to other: Tensor) throws(TorchError) -> Tensor { try binary(.notEqual, "notEqual", other) }
  /// Whether each element is less than the other's, with broadcasting.
  public func less(than other: Tensor) throws(TorchError) -> Tensor { try binary(.less, "less", other) }
  /// Whether each element is not greater than the other's, with broadcasting.
  public func lessOrEqual(to other: Tensor) throws(TorchError) -> Tensor {
    try binary(.lessOrEqual, "lessOrEqual", other)
  }
  /// Whether each element is greater than the other's, with broadcasting.
  public func greater(than other: Tensor) throws(TorchError) -> Tensor { try binary(.greater, "greater", other) }
  /// Whether each element is not less than the other's, with broadcasting.
  public func greaterOrEqual(to other: Tensor) throws(TorchError) -> Tensor {
    try binary(.greaterOrEqual, "greaterOrEqual", other)
  }
  /// Whether both elements are not zero, with broadcasting.
  public func logicalAnd(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.logicalAnd, "logicalAnd", other) }
  /// Whether either element is not zero, with broadcasting.
  public func logicalOr(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.logicalOr, "logicalOr", other) }
  /// Whether just one of the elements is not zero, with broadcasting.
  public func logicalXor(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.logicalXor, "logicalXor", other) }
  /// The bits that are set in both, with broadcasting.
  public func bitwiseAnd(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.bitwiseAnd, "bitwiseAnd", other) }
  /// The bits that are set in either, with broadcasting.
  public func bitwiseOr(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.bitwiseOr, "bitwiseOr", other) }
  /// The bits that are set in just one, with broadcasting.
  public func bitwiseXor(_ other: Tensor) throws(TorchError) -> Tensor { try binary(.bitwiseXor, "bitwiseXor", other) }

  /// Elements of `a` where `condition` is true and of `b` elsewhere, with broadcasting.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) throws(TorchError) -> Tensor {
    try produce("where", condition, a, b) { condition, a, b, error in
      guard let b else { return nil }
      return ts_where(condition, a, b, error)
    }
  }

  /// `value` where `mask` is true, this tensor's elements elsewhere; the mask is broadcast.
  public func replacing(with value: Double, where mask: Tensor) throws(TorchError) -> Tensor {
    try invoke("replacing", "aten::masked_fill", "Scalar", [.tensor(tensor), .tensor(mask), .double(value)])
  }
}
