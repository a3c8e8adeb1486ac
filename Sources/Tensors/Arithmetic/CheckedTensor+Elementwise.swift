internal import CTorchShim

// The operations on each element. They fail where the engine has none for the element type, or has no memory left.
extension CheckedTensor {
  @inline(__always)
  func unary(_ operation: TSUnary, _ name: StaticString) throws(TorchError) -> Tensor {
    try produce(name, tensor) { ts_unary(operation, $0, $1) }
  }

  /// Each element with the other sign.
  public static prefix func - (operand: CheckedTensor) throws(TorchError) -> Tensor { try operand.unary(.negate, "-") }

  /// The absolute value, elementwise.
  public func abs() throws(TorchError) -> Tensor { try unary(.abs, "abs") }
  /// -1, 0 or 1 by the sign, elementwise.
  public func sign() throws(TorchError) -> Tensor { try unary(.sign, "sign") }
  /// The square, elementwise.
  public func square() throws(TorchError) -> Tensor { try unary(.square, "square") }
  /// The square root, elementwise.
  public func sqrt() throws(TorchError) -> Tensor { try unary(.sqrt, "sqrt") }
  /// One over the square root, elementwise.
  public func reciprocalSqrt() throws(TorchError) -> Tensor { try unary(.reciprocalSqrt, "reciprocalSqrt") }
  /// One over each element, elementwise.
  public func reciprocal() throws(TorchError) -> Tensor { try unary(.reciprocal, "reciprocal") }
  /// The exponential, elementwise.
  public func exp() throws(TorchError) -> Tensor { try unary(.exp, "exp") }
  /// Two to the power of each element, elementwise.
  public func exp2() throws(TorchError) -> Tensor { try unary(.exp2, "exp2") }
  /// The exponential less one, exact near zero, elementwise.
  public func expMinusOne() throws(TorchError) -> Tensor { try unary(.expm1, "expMinusOne") }
  /// The natural logarithm, elementwise.
  public func log() throws(TorchError) -> Tensor { try unary(.log, "log") }
  /// The logarithm to base 2, elementwise.
  public func log2() throws(TorchError) -> Tensor { try unary(.log2, "log2") }
  /// The logarithm to base 10, elementwise.
  public func log10() throws(TorchError) -> Tensor { try unary(.log10, "log10") }
  /// The natural logarithm of one plus each element, exact near zero, elementwise.
  public func logOnePlus() throws(TorchError) -> Tensor { try unary(.log1p, "logOnePlus") }
  /// The sine (radians), elementwise.
  public func sin() throws(TorchError) -> Tensor { try unary(.sin, "sin") }
  /// The cosine (radians), elementwise.
  public func cos() throws(TorchError) -> Tensor { try unary(.cos, "cos") }
  /// The tangent (radians), elementwise.
  public func tan() throws(TorchError) -> Tensor { try unary(.tan, "tan") }
  /// The inverse sine (radians), elementwise.
  public func asin() throws(TorchError) -> Tensor { try unary(.asin, "asin") }
  /// The inverse cosine (radians), elementwise.
  public func acos() throws(TorchError) -> Tensor { try unary(.acos, "acos") }
  /// The inverse tangent (radians), elementwise.
  public func atan() throws(TorchError) -> Tensor { try unary(.atan, "atan") }
  /// The hyperbolic sine, elementwise.
  public func sinh() throws(TorchError) -> Tensor { try unary(.sinh, "sinh") }
  /// The hyperbolic cosine, elementwise.
  public func cosh() throws(TorchError) -> Tensor { try unary(.cosh, "cosh") }
  /// The hyperbolic tangent, elementwise.
  public func tanh() throws(TorchError) -> Tensor { try unary(.tanh, "tanh") }
  /// The error function, elementwise.
  public func erf() throws(TorchError) -> Tensor { try unary(.erf, "erf") }
  /// The inverse of the error function, elementwise.
  public func inverseErf() throws(TorchError) -> Tensor { try unary(.erfinv, "inverseErf") }
  /// The logarithm of the absolute gamma function, elementwise.
  public func logGamma() throws(TorchError) -> Tensor { try unary(.lgamma, "logGamma") }
  /// The derivative of the logarithm of the gamma function, elementwise.
  public func digamma() throws(TorchError) -> Tensor { try unary(.digamma, "digamma") }
  /// sin(πx)/(πx), elementwise.
  public func sinc() throws(TorchError) -> Tensor { try unary(.sinc, "sinc") }
  /// The modified Bessel function of order 0, elementwise.
  public func besselI0() throws(TorchError) -> Tensor { try unary(.besselI0, "besselI0") }
  /// The largest integer that is not greater, elementwise.
  public func floor() throws(TorchError) -> Tensor { try unary(.floor, "floor") }
  /// The smallest integer that is not less, elementwise.
  public func ceil() throws(TorchError) -> Tensor { try unary(.ceil, "ceil") }
  /// The nearest integer, halves to even, elementwise.
  public func rounded() throws(TorchError) -> Tensor { try unary(.round, "rounded") }
  /// The integer part, elementwise.
  public func truncated() throws(TorchError) -> Tensor { try unary(.truncate, "truncated") }
  /// What is left of the integer part, elementwise.
  public func fraction() throws(TorchError) -> Tensor { try unary(.fraction, "fraction") }
  /// Whether each element is a finite number, elementwise.
  public func isFinite() throws(TorchError) -> Tensor { try unary(.isFinite, "isFinite") }
  /// Whether each element is infinite, elementwise.
  public func isInfinite() throws(TorchError) -> Tensor { try unary(.isInfinite, "isInfinite") }
  /// Whether each element is not a number, elementwise.
  public func isNaN() throws(TorchError) -> Tensor { try unary(.isNaN, "isNaN") }
  /// Whether each element is zero, elementwise.
  public func logicalNot() throws(TorchError) -> Tensor { try unary(.logicalNot, "logicalNot") }
  /// All bits inverted, elementwise.
  public func bitwiseNot() throws(TorchError) -> Tensor { try unary(.bitwiseNot, "bitwiseNot") }
  /// The real parts, elementwise.
  public func realPart() throws(TorchError) -> Tensor { try unary(.real, "realPart") }
  /// The imaginary parts, elementwise.
  public func imaginaryPart() throws(TorchError) -> Tensor { try unary(.imaginary, "imaginaryPart") }
  /// The complex conjugate, elementwise.
  public func conjugate() throws(TorchError) -> Tensor { try unary(.conjugate, "conjugate") }
  /// The angle of each complex number (radians), elementwise.
  public func angle() throws(TorchError) -> Tensor { try unary(.angle, "angle") }

  /// Each element kept between two bounds, of which either may be absent.
  public func clamp(min lower: Double? = nil, max upper: Double? = nil) throws(TorchError) -> Tensor {
    var low = TSScalar(lower ?? 0)
    var high = TSScalar(upper ?? 0)
    return try produce("clamp", tensor) { x, error in
      withUnsafePointer(to: &low) { low in
        withUnsafePointer(to: &high) { high in
          ts_clamp(x, lower == nil ? nil : low, upper == nil ? nil : high, error)
        }
      }
    }
  }
}
