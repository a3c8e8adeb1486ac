/// A radial function whose shifted copies interpolate values at scattered points.
///
/// The raw values are the usual abbreviations. With r the distance in pixels:
///
/// | name | function |
/// |---|---|
/// | `phs1` … `phs8` | polyharmonic splines: r^k for odd k, r^k log r for even k |
/// | `mq`, `imq`, `iq` | multiquadrics: (1 + r²)^p with p = 1/2, -1/2, -1 |
/// | `ga`, `se` | Gaussians: exp(-r²), exp(-r²/2) |
/// | `exp`, `mat32`, `mat52` | Matérn functions of smoothness 1/2, 3/2, 5/2 |
/// | `wen10` … `wen32` | Wendland's polynomials, zero from distance 1 on; first digit the dimension, second the smoothness |
///
/// **Units**: pixels.
///
/// **Reference**: Fornberg and Flyer, "A Primer on Radial Basis Functions" (2015).
///
/// **escnn**: `radial_basis_function` of e2cnn's `R2Diffop`, with the same names.
public enum RadialBasisFunction: String, Hashable, Sendable, Codable, CaseIterable {
  /// r.
  case phs1
  /// r² log r.
  case phs2
  /// r³.
  case phs3
  /// r⁴ log r.
  case phs4
  /// r⁵.
  case phs5
  /// r⁶ log r.
  case phs6
  /// r⁷.
  case phs7
  /// r⁸ log r.
  case phs8
  /// The multiquadric, √(1 + r²).
  case mq
  /// The inverse multiquadric, 1/√(1 + r²).
  case imq
  /// The inverse quadratic, 1/(1 + r²).
  case iq
  /// The Gaussian exp(-r²).
  case ga
  /// The exponential exp(-r).
  case exp
  /// The squared exponential exp(-r²/2).
  case se
  /// The Matérn function (1 + √3 r) exp(-√3 r).
  case mat32
  /// The Matérn function (1 + √5 r + 5r²/3) exp(-√5 r).
  case mat52
  /// Wendland's 1 - r.
  case wen10
  /// Wendland's (1 - r)³ (1 + 3r).
  case wen11
  /// Wendland's (1 - r)⁵ (1 + 5r + 8r²).
  case wen12
  /// Wendland's (1 - r)².
  case wen30
  /// Wendland's (1 - r)⁴ (1 + 4r).
  case wen31
  /// Wendland's (1 - r)⁶ (1 + 6r + 35r²/3).
  case wen32

  /// The highest order of derivatives that exist at the center; `nil` when all do.
  public var smoothness: Int? {
    switch self {
    case .mq, .imq, .iq, .ga, .se: nil
    case .exp, .wen10, .wen30: 0
    case .mat32, .wen11, .wen31: 2
    case .mat52, .wen12, .wen32: 4
    default: (splineOrder ?? 0) - 1
    }
  }

  /// The power of a polyharmonic spline.
  var splineOrder: Int? { rawValue.hasPrefix("phs") ? rawValue.last?.wholeNumberValue : nil }

  /// The value at a distance.
  public func value(_ distance: Double) -> Double { derivative(x: 0, y: 0, atX: distance, y: 0) }

  /// The derivative ∂x^i ∂y^j at a point, the function's center lying at the origin.
  ///
  /// At the center the derivative is the limit; it exists up to the order `smoothness`.
  public func derivative(x i: Int, y j: Int, atX x: Double, y: Double) -> Double {
    let square = x * x + y * y
    if square == 0 {
      if i % 2 != 0 || j % 2 != 0 { return 0 }
      let profile = RadialProfile.derivatives(of: self, at: square, upTo: (i + j) / 2)
      return Self.hermite(i, i / 2) * Self.hermite(j, j / 2) * profile[(i + j) / 2]
    }
    // As functions of s = x² + y²: the chain rule for a square has closed coefficients in each variable.
    let profile = RadialProfile.derivatives(of: self, at: square, upTo: i + j)
    var sum = 0.0
    for a in 0...i / 2 {
      let first = Self.hermite(i, a) * HomogeneousPolynomial.power(2 * x, i - 2 * a)
      for b in 0...j / 2 {
        let second = Self.hermite(j, b) * HomogeneousPolynomial.power(2 * y, j - 2 * b)
        sum += first * second * profile[i - a + j - b]
      }
    }
    return sum
  }

  /// n! / (a! (n - 2a)!).
  private static func hermite(_ n: Int, _ a: Int) -> Double {
    (0..<2 * a).reduce(1) { $0 * Double(n - $1) } / (0..<a).reduce(1) { $0 * Double($1 + 1) }
  }
}
