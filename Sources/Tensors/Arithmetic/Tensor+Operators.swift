internal import CTorchShim

// Arithmetic on tensors and on tensors with numbers. A `Double` makes integers floating-point, an `Int` does not.
extension Tensor {
  @inline(__always)
  func binary(_ operation: TSBinary, _ name: StaticString, _ scalar: TSScalar) -> Tensor {
    trapping(try checked.binary(operation, name, scalar))
  }

  @inline(__always)
  func binary(_ scalar: TSScalar, _ operation: TSBinary, _ name: StaticString) -> Tensor {
    trapping(try checked.binary(scalar, operation, name))
  }

  /// The sum of each two elements, with broadcasting.
  public static func + (lhs: Tensor, rhs: Tensor) -> Tensor { lhs.add(rhs) }
  /// The sum of each element and a number.
  public static func + (lhs: Tensor, rhs: Double) -> Tensor { lhs.binary(.add, "+", TSScalar(rhs)) }
  /// The sum of a number and each element.
  public static func + (lhs: Double, rhs: Tensor) -> Tensor { rhs.binary(.add, "+", TSScalar(lhs)) }
  /// The sum of each element and a number.
  public static func + (lhs: Tensor, rhs: Int) -> Tensor { lhs.binary(.add, "+", TSScalar(rhs)) }
  /// The sum of a number and each element.
  public static func + (lhs: Int, rhs: Tensor) -> Tensor { rhs.binary(.add, "+", TSScalar(lhs)) }
  /// Rebinds the variable to the sum; other references to the old value keep it.
  public static func += (lhs: inout Tensor, rhs: Tensor) { lhs = lhs + rhs }
  /// Rebinds the variable to the sum.
  public static func += (lhs: inout Tensor, rhs: Double) { lhs = lhs + rhs }

  /// The difference of each two elements, with broadcasting.
  public static func - (lhs: Tensor, rhs: Tensor) -> Tensor { lhs.subtract(rhs) }
  /// The difference of each element and a number.
  public static func - (lhs: Tensor, rhs: Double) -> Tensor { lhs.binary(.subtract, "-", TSScalar(rhs)) }
  /// The difference of a number and each element.
  public static func - (lhs: Double, rhs: Tensor) -> Tensor { rhs.binary(TSScalar(lhs), .subtract, "-") }
  /// The difference of each element and a number.
  public static func - (lhs: Tensor, rhs: Int) -> Tensor { lhs.binary(.subtract, "-", TSScalar(rhs)) }
  /// The difference of a number and each element.
  public static func - (lhs: Int, rhs: Tensor) -> Tensor { rhs.binary(TSScalar(lhs), .subtract, "-") }
  /// Rebinds the variable to the difference; other references to the old value keep it.
  public static func -= (lhs: inout Tensor, rhs: Tensor) { lhs = lhs - rhs }
  /// Rebinds the variable to the difference.
  public static func -= (lhs: inout Tensor, rhs: Double) { lhs = lhs - rhs }

  /// The product of each two elements, with broadcasting.
  public static func * (lhs: Tensor, rhs: Tensor) -> Tensor { lhs.multiply(rhs) }
  /// The product of each element and a number.
  public static func * (lhs: Tensor, rhs: Double) -> Tensor { lhs.binary(.multiply, "*", TSScalar(rhs)) }
  /// The product of a number and each element.
  public static func * (lhs: Double, rhs: Tensor) -> Tensor { rhs.binary(.multiply, "*", TSScalar(lhs)) }
  /// The product of each element and a number.
  public static func * (lhs: Tensor, rhs: Int) -> Tensor { lhs.binary(.multiply, "*", TSScalar(rhs)) }
  /// The product of a number and each element.
  public static func * (lhs: Int, rhs: Tensor) -> Tensor { rhs.binary(.multiply, "*", TSScalar(lhs)) }
  /// Rebinds the variable to the product; other references to the old value keep it.
  public static func *= (lhs: inout Tensor, rhs: Tensor) { lhs = lhs * rhs }
  /// Rebinds the variable to the product.
  public static func *= (lhs: inout Tensor, rhs: Double) { lhs = lhs * rhs }

  /// The quotient of each two elements, with broadcasting.
  public static func / (lhs: Tensor, rhs: Tensor) -> Tensor { lhs.divide(rhs) }
  /// The quotient of each element and a number.
  public static func / (lhs: Tensor, rhs: Double) -> Tensor { lhs.binary(.divide, "/", TSScalar(rhs)) }
  /// The quotient of a number and each element.
  public static func / (lhs: Double, rhs: Tensor) -> Tensor { rhs.binary(TSScalar(lhs), .divide, "/") }
  /// The quotient of each element and a number.
  public static func / (lhs: Tensor, rhs: Int) -> Tensor { lhs.binary(.divide, "/", TSScalar(rhs)) }
  /// The quotient of a number and each element.
  public static func / (lhs: Int, rhs: Tensor) -> Tensor { rhs.binary(TSScalar(lhs), .divide, "/") }
  /// Rebinds the variable to the quotient; other references to the old value keep it.
  public static func /= (lhs: inout Tensor, rhs: Tensor) { lhs = lhs / rhs }
  /// Rebinds the variable to the quotient.
  public static func /= (lhs: inout Tensor, rhs: Double) { lhs = lhs / rhs }

  private func add(_ other: Tensor) -> Tensor { trapping(try checked.binary(.add, "+", other)) }
  private func subtract(_ other: Tensor) -> Tensor { trapping(try checked.binary(.subtract, "-", other)) }
  private func multiply(_ other: Tensor) -> Tensor { trapping(try checked.binary(.multiply, "*", other)) }
  private func divide(_ other: Tensor) -> Tensor { trapping(try checked.binary(.divide, "/", other)) }
}
