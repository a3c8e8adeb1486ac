import Foundation

/// A polynomial in x and y whose terms have one degree; read as a symbol, a differential operator in ∂x and ∂y.
///
/// ```swift
/// HomogeneousPolynomial.laplacian(power: 1)     // x² + y²: the Laplacian
/// ```
///
/// **Shapes**: `coefficients[i]` belongs to x^(degree - i) y^i.
///
/// **escnn**: the coefficient arrays of e2cnn's `diffops`.
public struct HomogeneousPolynomial: Hashable, Sendable {
  /// The coefficients of x^n, x^(n-1) y, …, y^n.
  public let coefficients: [Double]

  /// The polynomial with the given coefficients.
  ///
  /// **Traps**: when there are none.
  public init(_ coefficients: [Double]) {
    precondition(!coefficients.isEmpty, "HomogeneousPolynomial: needs at least one coefficient")
    self.coefficients = coefficients
  }

  /// The degree; read as an operator, the order.
  public var degree: Int { coefficients.count - 1 }

  /// The harmonic polynomial Re (x + iy)^n, which is r^n cos nθ.
  public static func cosine(_ n: Int) -> HomogeneousPolynomial { harmonic(n, parity: 0) }

  /// The harmonic polynomial Im (x + iy)^n, which is r^n sin nθ; zero for n = 0.
  public static func sine(_ n: Int) -> HomogeneousPolynomial { harmonic(n, parity: 1) }

  private static func harmonic(_ n: Int, parity: Int) -> HomogeneousPolynomial {
    precondition(n >= 0, "HomogeneousPolynomial: degree \(n) is negative")
    // i^k is 1, i, -1, -i in turn.
    return HomogeneousPolynomial(
      (0...n).map { $0 % 2 == parity ? binomial(n, $0) * ($0 / 2 % 2 == 0 ? 1 : -1) : 0 })
  }

  /// (x² + y²)^power: a power of the Laplacian.
  public static func laplacian(power: Int) -> HomogeneousPolynomial {
    precondition(power >= 0, "HomogeneousPolynomial: power \(power) is negative")
    return HomogeneousPolynomial((0...2 * power).map { $0 % 2 == 0 ? binomial(power, $0 / 2) : 0 })
  }

  /// The number of ways to choose `k` of `n`, exact up to 2^53.
  static func binomial(_ n: Int, _ k: Int) -> Double {
    guard k >= 0 && k <= n else { return 0 }
    return (0..<min(k, n - k)).reduce(1) { ($0 * Double(n - $1) / Double($1 + 1)).rounded() }
  }

  /// The product; read as operators, one after the other.
  public static func * (left: HomogeneousPolynomial, right: HomogeneousPolynomial) -> HomogeneousPolynomial {
    var product = [Double](repeating: 0, count: left.degree + right.degree + 1)
    for (i, a) in left.coefficients.enumerated() where a != 0 {
      for (j, b) in right.coefficients.enumerated() { product[i + j] += a * b }
    }
    return HomogeneousPolynomial(product)
  }

  /// A multiple.
  public static func * (factor: Double, polynomial: HomogeneousPolynomial) -> HomogeneousPolynomial {
    HomogeneousPolynomial(polynomial.coefficients.map { factor * $0 })
  }

  /// The sum.
  ///
  /// **Traps**: when the degrees differ.
  public static func + (left: HomogeneousPolynomial, right: HomogeneousPolynomial) -> HomogeneousPolynomial {
    precondition(
      left.degree == right.degree, "HomogeneousPolynomial: degrees \(left.degree) and \(right.degree) differ")
    return HomogeneousPolynomial(zip(left.coefficients, right.coefficients).map(+))
  }

  /// The polynomial turned counter-clockwise: its value at a point is the old one's at the point turned back.
  ///
  /// **Units**: radians.
  public func rotated(by angle: Double) -> HomogeneousPolynomial {
    let (c, s) = (cos(angle), sin(angle))
    let (x, y) = (HomogeneousPolynomial([c, s]), HomogeneousPolynomial([-s, c]))
    func power(_ base: HomogeneousPolynomial, _ exponent: Int) -> HomogeneousPolynomial {
      (0..<exponent).reduce(HomogeneousPolynomial([1])) { product, _ in product * base }
    }
    var sum = HomogeneousPolynomial([Double](repeating: 0, count: degree + 1))
    for (i, coefficient) in coefficients.enumerated() where coefficient != 0 {
      sum = sum + coefficient * (power(x, degree - i) * power(y, i))
    }
    return sum
  }

  /// The value at a point.
  public func evaluate(x: Double, y: Double) -> Double {
    coefficients.enumerated().reduce(0) { sum, term in
      sum + term.element * Self.power(x, degree - term.offset) * Self.power(y, term.offset)
    }
  }

  /// `base` multiplied by itself; 1 for exponent 0.
  static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// The derivative `∂x^i ∂y^j`, or nil when nothing remains.
  public func derivative(x i: Int, y j: Int) -> HomogeneousPolynomial? {
    guard i >= 0, j >= 0, i + j <= degree else { return nil }
    let remaining = degree - i - j
    let result = (0...remaining).map { index -> Double in
      let (a, b) = (remaining - index + i, index + j)
      let falling = (0..<i).reduce(1.0) { $0 * Double(a - $1) } * (0..<j).reduce(1.0) { $0 * Double(b - $1) }
      return coefficients[index + j] * falling
    }
    return HomogeneousPolynomial(result)
  }

  /// What the operator with this symbol makes of a polynomial; nil when nothing remains.
  public func applied(to polynomial: HomogeneousPolynomial) -> HomogeneousPolynomial? {
    guard polynomial.degree >= degree else { return nil }
    var sum = HomogeneousPolynomial([Double](repeating: 0, count: polynomial.degree - degree + 1))
    for (j, coefficient) in coefficients.enumerated() where coefficient != 0 {
      if let derivative = polynomial.derivative(x: degree - j, y: j) { sum = sum + coefficient * derivative }
    }
    return sum
  }
}
