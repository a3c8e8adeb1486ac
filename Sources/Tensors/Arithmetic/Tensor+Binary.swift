// The operations on two tensors, trapping where those of `checked` throw.
extension Tensor {
  /// Each element to the power of the other's, with broadcasting.
  public func pow(_ other: Tensor) -> Tensor { trapping(try checked.pow(other)) }
  /// The larger of each two elements, with broadcasting.
  public func maximum(_ other: Tensor) -> Tensor { trapping(try checked.maximum(other)) }
  /// The smaller of each two elements, with broadcasting.
  public func minimum(_ other: Tensor) -> Tensor { trapping(try checked.minimum(other)) }
  /// What is left of a division, with the sign of the divisor, with broadcasting.
  public func remainder(_ other: Tensor) -> Tensor { trapping(try checked.remainder(other)) }
  /// The quotient rounded down, with broadcasting.
  public func floorDivide(by other: Tensor) -> Tensor { trapping(try checked.floorDivide(by: other)) }
  /// The angle of the point (other, self) (radians), with broadcasting.
  public func atan2(_ other: Tensor) -> Tensor { trapping(try checked.atan2(other)) }
  /// The length of the point (self, other), with broadcasting.
  public func hypot(_ other: Tensor) -> Tensor { trapping(try checked.hypot(other)) }
  /// The logarithm of the sum of the exponentials, with broadcasting.
  public func logAddExp(_ other: Tensor) -> Tensor { trapping(try checked.logAddExp(other)) }
  /// Whether each two elements are equal, with broadcasting.
  public func equal(to other: Tensor) -> Tensor { trapping(try checked.equal(to: other)) }
  /// Whether each two elements differ, with broadcasting.
  public func notEqual(to other: Tensor) -> Tensor { trapping(try checked.notEqual(to: other)) }
  /// Whether each element is less than the other's, with broadcasting.
  public func less(than other: Tensor) -> Tensor { trapping(try checked.less(than: other)) }
  /// Whether each element is not greater than the other's, with broadcasting.
  public func lessOrEqual(to other: Tensor) -> Tensor { trapping(try checked.lessOrEqual(to: other)) }
  /// Whether each element is greater than the other's, with broadcasting.
  public func greater(than other: Tensor) -> Tensor { trapping(try checked.greater(than: other)) }
  /// Whether each element is not less than the other's, with broadcasting.
  public func greaterOrEqual(to other: Tensor) -> Tensor { trapping(try checked.greaterOrEqual(to: other)) }
  /// Whether both elements are not zero, with broadcasting.
  public func logicalAnd(_ other: Tensor) -> Tensor { trapping(try checked.logicalAnd(other)) }
  /// Whether either element is not zero, with broadcasting.
  public func logicalOr(_ other: Tensor) -> Tensor { trapping(try checked.logicalOr(other)) }
  /// Whether just one of the elements is not zero, with broadcasting.
  public func logicalXor(_ other: Tensor) -> Tensor { trapping(try checked.logicalXor(other)) }
  /// The bits that are set in both, with broadcasting.
  public func bitwiseAnd(_ other: Tensor) -> Tensor { trapping(try checked.bitwiseAnd(other)) }
  /// The bits that are set in either, with broadcasting.
  public func bitwiseOr(_ other: Tensor) -> Tensor { trapping(try checked.bitwiseOr(other)) }
  /// The bits that are set in just one, with broadcasting.
  public func bitwiseXor(_ other: Tensor) -> Tensor { trapping(try checked.bitwiseXor(other)) }

  /// Elements of `a` where `condition` is true and of `b` elsewhere, with broadcasting.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    trapping(try CheckedTensor.where(condition, a, b))
  }

  /// `value` where `mask` is true, this tensor's elements elsewhere; the mask is broadcast.
  public func replacing(with value: Double, where mask: Tensor) -> Tensor {
    trapping(try checked.replacing(with: value, where: mask))
  }
}
