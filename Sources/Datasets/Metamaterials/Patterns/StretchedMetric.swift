import Foundation

/// A measure of length in the plane that differs with direction.
struct StretchedMetric {
  private let xx: Double
  private let xy: Double
  private let yy: Double

  /// Lengths along the direction `angle` count `aspect` times those across it; areas stay.
  init(aspect: Double, angle: Double) {
    let (c, s) = (cos(angle), sin(angle))
    xx = aspect * c * c + s * s / aspect
    yy = aspect * s * s + c * c / aspect
    xy = (aspect - 1 / aspect) * c * s
  }

  /// Draws an aspect, evenly in the logarithm up to `largest`, and a direction.
  init(largest: Double, using rng: inout SeededGenerator) {
    self.init(aspect: exp(rng.uniform(0, log(largest))), angle: rng.uniform(0, .pi))
  }

  /// The square of a vector's length.
  func square(_ x: Double, _ y: Double) -> Double { xx * x * x + 2 * xy * x * y + yy * y * y }
}
