import Foundation

/// The derivatives of radial functions with respect to the square of the distance, in closed form.
enum RadialProfile {
  /// The derivatives with respect to s = r² at s, of orders 0 to `order`.
  static func derivatives(of function: RadialBasisFunction, at s: Double, upTo order: Int) -> [Double] {
    switch function {
    case .ga: return gaussian(s, rate: 1, order)
    case .se: return gaussian(s, rate: 0.5, order)
    case .mq: return power(1 + s, 0.5, order)
    case .imq: return power(1 + s, -0.5, order)
    case .iq: return power(1 + s, -1, order)
    case .exp: return matern(s, twiceSmoothness: 1, order)
    case .mat32: return matern(s, twiceSmoothness: 3, order)
    case .mat52: return matern(s, twiceSmoothness: 5, order)
    case .wen10: return wendland(s, power: 1, [1], order)
    case .wen11: return wendland(s, power: 3, [1, 3], order)
    case .wen12: return wendland(s, power: 5, [1, 5, 8], order)
    case .wen30: return wendland(s, power: 2, [1], order)
    case .wen31: return wendland(s, power: 4, [1, 4], order)
    case .wen32: return wendland(s, power: 6, [1, 6, 35.0 / 3], order)
    default:
      let k = function.splineOrder ?? 1
      return k % 2 == 1 ? power(s, Double(k) / 2, order) : logarithmic(s, k / 2, order)
    }
  }

  private static func gaussian(_ s: Double, rate: Double, _ order: Int) -> [Double] {
    (0...order).map { HomogeneousPolynomial.power(-rate, $0) * Foundation.exp(-rate * s) }
  }

  /// Of base^p with respect to the base.
  private static func power(_ base: Double, _ p: Double, _ order: Int) -> [Double] {
    var factor = 1.0
    return (0...order).map { m in
      defer { factor *= p - Double(m) }
      return base == 0 && p > Double(m) ? 0 : factor * pow(base, p - Double(m))
    }
  }

  /// Of s^q log(s) / 2: factor · s^(q-m) log s + rest · s^(q-m).
  private static func logarithmic(_ s: Double, _ q: Int, _ order: Int) -> [Double] {
    var (factor, rest) = (0.5, 0.0)
    return (0...order).map { m in
      let exponent = Double(q - m)
      defer { (factor, rest) = (factor * exponent, rest * exponent + factor) }
      if s == 0 && m < q { return 0 }
      return (factor * log(s) + rest) * pow(s, exponent)
    }
  }

  /// Of z^ν K_ν(z) up to a factor, with z = √(2ν) r: each derivative by s lowers ν by one.
  private static func matern(_ s: Double, twiceSmoothness: Int, _ order: Int) -> [Double] {
    let scale = Double(twiceSmoothness)
    let z = (scale * s).squareRoot()
    // Half-integer ν have closed forms; those below 1/2 follow by the recurrence of the Bessel functions.
    func value(_ twice: Int) -> Double {
      switch twice {
      case 1: return Foundation.exp(-z)
      case 3: return (1 + z) * Foundation.exp(-z)
      case 5: return (1 + z + z * z / 3) * Foundation.exp(-z) * 3
      default: break
      }
      var (upper, lower) = (Foundation.exp(-z), Foundation.exp(-z) / z)
      for step in stride(from: -1, to: twice, by: -2) {
        (upper, lower) = (lower, (upper - Double(step) * lower) / (z * z))
      }
      return lower
    }
    let normalization = twiceSmoothness == 5 ? 1.0 / 3 : 1
    return (0...order).map {
      normalization * HomogeneousPolynomial.power(-scale / 2, $0) * value(twiceSmoothness - 2 * $0)
    }
  }

  /// Of (1 - r)^power times a polynomial in r, zero from r = 1 on: a polynomial in √s.
  private static func wendland(_ s: Double, power exponent: Int, _ factor: [Double], _ order: Int) -> [Double] {
    guard s < 1 else { return [Double](repeating: 0, count: order + 1) }
    var coefficients = factor
    for _ in 0..<exponent {
      let shifted = [0] + coefficients
      coefficients = zip(coefficients + [0], shifted).map { $0 - $1 }
    }
    var sum = [Double](repeating: 0, count: order + 1)
    for (k, coefficient) in coefficients.enumerated() where coefficient != 0 {
      for (m, value) in power(s, Double(k) / 2, order).enumerated() where value.isFinite || s > 0 {
        sum[m] += coefficient * value
      }
    }
    return sum
  }
}
