internal import CTorchShim

// The operations on each element and a number.
extension Tensor {
  /// Each element to the power of a number.
  public func pow(_ other: Double) -> Tensor { binary(.power, "pow", TSScalar(other)) }
  /// Each element to the power of a number.
  public func pow(_ other: Int) -> Tensor { binary(.power, "pow", TSScalar(other)) }
  /// What is left of a division, with the sign of the divisor.
  public func remainder(_ other: Double) -> Tensor { binary(.remainder, "remainder", TSScalar(other)) }
  /// What is left of a division, with the sign of the divisor.
  public func remainder(_ other: Int) -> Tensor { binary(.remainder, "remainder", TSScalar(other)) }
  /// The quotient rounded down.
  public func floorDivide(by other: Double) -> Tensor { binary(.floorDivide, "floorDivide", TSScalar(other)) }
  /// The quotient rounded down.
  public func floorDivide(by other: Int) -> Tensor { binary(.floorDivide, "floorDivide", TSScalar(other)) }
  /// Whether each element equals a number.
  public func equal(to other: Double) -> Tensor { binary(.equal, "equal", TSScalar(other)) }
  /// Whether each element equals a number.
  public func equal(to other: Int) -> Tensor { binary(.equal, "equal", TSScalar(other)) }
  /// Whether each element differs from a number.
  public func notEqual(to other: Double) -> Tensor { binary(.notEqual, "notEqual", TSScalar(other)) }
  /// Whether each element differs from a number.
  public func notEqual(to other: Int) -> Tensor { binary(.notEqual, "notEqual", TSScalar(other)) }
  /// Whether each element is less than a number.
  public func less(than other: Double) -> Tensor { binary(.less, "less", TSScalar(other)) }
  /// Whether each element is less than a number.
  public func less(than other: Int) -> Tensor { binary(.less, "less", TSScalar(other)) }
  /// Whether each element is not greater than a number.
  public func lessOrEqual(to other: Double) -> Tensor { binary(.lessOrEqual, "lessOrEqual", TSScalar(other)) }
  /// Whether each element is not greater than a number.
  public func lessOrEqual(to other: Int) -> Tensor { binary(.lessOrEqual, "lessOrEqual", TSScalar(other)) }
  /// Whether each element is greater than a number.
  public func greater(than other: Double) -> Tensor { binary(.greater, "greater", TSScalar(other)) }
  /// Whether each element is greater than a number.
  public func greater(than other: Int) -> Tensor { binary(.greater, "greater", TSScalar(other)) }
  /// Whether each element is not less than a number.
  public func greaterOrEqual(to other: Double) -> Tensor { binary(.greaterOrEqual, "greaterOrEqual", TSScalar(other)) }
  /// Whether each element is not less than a number.
  public func greaterOrEqual(to other: Int) -> Tensor { binary(.greaterOrEqual, "greaterOrEqual", TSScalar(other)) }
  /// The larger of each element and a number.
  public func maximum(_ other: Double) -> Tensor { clamp(min: other) }
  /// The smaller of each element and a number.
  public func minimum(_ other: Double) -> Tensor { clamp(max: other) }
  /// A number to the power of each element.
  public static func pow(_ base: Double, _ exponent: Tensor) -> Tensor {
    exponent.binary(TSScalar(base), .power, "pow")
  }
}
