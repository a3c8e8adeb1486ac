internal import CTorchShim

// The operations on each element.
//
// **Traps**: where the engine has none for the element type.
extension Tensor {
  @inline(__always)
  private func unary(_ operation: TSUnary, _ name: StaticString) -> Tensor {
    trapping(try checked.unary(operation, name))
  }

  /// Each element with the other sign.
  public static prefix func - (operand: Tensor) -> Tensor { operand.unary(.negate, "-") }

  /// The absolute value, elementwise.
  public func abs() -> Tensor { unary(.abs, "abs") }
  /// -1, 0 or 1 by the sign, elementwise.
  public func sign() -> Tensor { unary(.sign, "sign") }
  /// The square, elementwise.
  public func square() -> Tensor { unary(.square, "square") }
  /// The square root, elementwise.
  public func sqrt() -> Tensor { unary(.sqrt, "sqrt") }
  /// One over the square root, elementwise.
  public func reciprocalSqrt() -> Tensor { unary(.reciprocalSqrt, "reciprocalSqrt") }
  /// One over each element, elementwise.
  public func reciprocal() -> Tensor { unary(.reciprocal, "reciprocal") }
  /// The exponential, elementwise.
  public func exp() -> Tensor { unary(.exp, "exp") }
  /// Two to the power of each element, elementwise.
  public func exp2() -> Tensor { unary(.exp2, "exp2") }
  /// The exponential less one, exact near zero, elementwise.
  public func expMinusOne() -> Tensor { unary(.expm1, "expMinusOne") }
  /// The natural logarithm, elementwise.
  public func log() -> Tensor { unary(.log, "log") }
  /// The logarithm to base 2, elementwise.
  public func log2() -> Tensor { unary(.log2, "log2") }
  /// The logarithm to base 10, elementwise.
  public func log10() -> Tensor { unary(.log10, "log10") }
  /// The natural logarithm of one plus each element, exact near zero, elementwise.
  public func logOnePlus() -> Tensor { unary(.log1p, "logOnePlus") }
  /// The sine (radians), elementwise.
  public func sin() -> Tensor { unary(.sin, "sin") }
  /// The cosine (radians), elementwise.
  public func cos() -> Tensor { unary(.cos, "cos") }
  /// The tangent (radians), elementwise.
  public func tan() -> Tensor { unary(.tan, "tan") }
  /// The inverse sine (radians), elementwise.
  public func asin() -> Tensor { unary(.asin, "asin") }
  /// The inverse cosine (radians), elementwise.
  public func acos() -> Tensor { unary(.acos, "acos") }
  /// The inverse tangent (radians), elementwise.
  public func atan() -> Tensor { unary(.atan, "atan") }
  /// The hyperbolic sine, elementwise.
  public func sinh() -> Tensor { unary(.sinh, "sinh") }
  /// The hyperbolic cosine, elementwise.
  public func cosh() -> Tensor { unary(.cosh, "cosh") }
  /// The hyperbolic tangent, elementwise.
  public func tanh() -> Tensor { unary(.tanh, "tanh") }
  /// The error function, elementwise.
  public func erf() -> Tensor { unary(.erf, "erf") }
  /// The inverse of the error function, elementwise.
  public func inverseErf() -> Tensor { unary(.erfinv, "inverseErf") }
  /// The logarithm of the absolute gamma function, elementwise.
  public func logGamma() -> Tensor { unary(.lgamma, "logGamma") }
  /// The derivative of the logarithm of the gamma function, elementwise.
  public func digamma() -> Tensor { unary(.digamma, "digamma") }
  /// sin(πx)/(πx), elementwise.
  public func sinc() -> Tensor { unary(.sinc, "sinc") }
  /// The modified Bessel function of order 0, elementwise.
  public func besselI0() -> Tensor { unary(.besselI0, "besselI0") }
  /// The largest integer that is not greater, elementwise.
  public func floor() -> Tensor { unary(.floor, "floor") }
  /// The smallest integer that is not less, elementwise.
  public func ceil() -> Tensor { unary(.ceil, "ceil") }
  /// The nearest integer, halves to even, elementwise.
  public func rounded() -> Tensor { unary(.round, "rounded") }
  /// The integer part, elementwise.
  public func truncated() -> Tensor { unary(.truncate, "truncated") }
  /// What is left of the integer part, elementwise.
  public func fraction() -> Tensor { unary(.fraction, "fraction") }
  /// Whether each element is a finite number, elementwise.
  public func isFinite() -> Tensor { unary(.isFinite, "isFinite") }
  /// Whether each element is infinite, elementwise.
  public func isInfinite() -> Tensor { unary(.isInfinite, "isInfinite") }
  /// Whether each element is not a number, elementwise.
  public func isNaN() -> Tensor { unary(.isNaN, "isNaN") }
  /// Whether each element is zero, elementwise.
  public func logicalNot() -> Tensor { unary(.logicalNot, "logicalNot") }
  /// All bits inverted, elementwise.
  public func bitwiseNot() -> Tensor { unary(.bitwiseNot, "bitwiseNot") }
  /// The real parts, elementwise.
  public func realPart() -> Tensor { unary(.real, "realPart") }
  /// The imaginary parts, elementwise.
  public func imaginaryPart() -> Tensor { unary(.imaginary, "imaginaryPart") }
  /// The complex conjugate, elementwise.
  public func conjugate() -> Tensor { unary(.conjugate, "conjugate") }
  /// The angle of each complex number (radians), elementwise.
  public func angle() -> Tensor { unary(.angle, "angle") }

  /// Each element kept between two bounds, of which either may be absent.
  public func clamp(min lower: Double? = nil, max upper: Double? = nil) -> Tensor {
    trapping(try checked.clamp(min: lower, max: upper))
  }
}
