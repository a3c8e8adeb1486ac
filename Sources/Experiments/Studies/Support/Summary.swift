internal import Foundation

/// The mean of repeated measurements and how sure it is.
public struct Summary: Codable, Hashable, Sendable {
  /// The number of measurements.
  public let count: Int
  /// Their mean; not a number for none.
  public let mean: Double
  /// Their standard deviation with n - 1 in the denominator; 0 for fewer than two.
  public let deviation: Double

  /// Summarizes measurements.
  public init(_ values: [Double]) {
    let mean = values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    count = values.count
    self.mean = mean
    deviation =
      values.count < 2
      ? 0 : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  /// Half the width of the interval that holds the true mean with 95 % confidence, after Student; nil for fewer than two.
  public var confidence: Double? {
    count < 2 ? nil : Self.quantile(degreesOfFreedom: count - 1) * deviation / Double(count).squareRoot()
  }

  /// The mean with the deviation, as in "94.04 ± 1.37"; the mean alone for one measurement.
  public func text(digits: Int, scale: Double = 1) -> String {
    guard count > 0 else { return "–" }
    let value = String(format: "%.\(digits)f", scale * mean)
    return count < 2 ? value : value + String(format: " ± %.\(digits)f", scale * deviation)
  }

  /// The 97.5 % quantile of Student's distribution.
  ///
  /// **Reference**: Hill 1970, "Algorithm 396: Student's t-quantiles"; exact for one and two degrees of freedom.
  static func quantile(degreesOfFreedom n: Int) -> Double {
    let p = 0.05  // both tails together
    let v = Double(n)
    switch n {
    case 1: return 1 / tan(p * .pi / 2)
    case 2: return (2 / (p * (2 - p)) - 2).squareRoot()
    default: break
    }
    let a = 1 / (v - 0.5)
    let b = 48 / (a * a)
    var c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    let d = ((94.5 / (b + c) - 3) / b + 1) * (a * .pi / 2).squareRoot() * v
    var y = pow(d * p, 2 / v)
    if y > 0.05 + a {
      let x = -1.959963984540054
      y = x * x
      if n < 5 { c += 0.3 * (v - 4.5) * (x + 0.6) }
      c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
      y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
      y = expm1(a * y * y)
    } else {
      y =
        ((1 / (((v + 6) / (v * y) - 0.089 * d - 0.822) * (v + 2) * 3) + 0.5 / (v + 4)) * y - 1) * (v + 1) / (v + 2)
        + 1 / y
    }
    return (v * y).squareRoot()
  }
}
