import Foundation

/// A periodic Gaussian random field whose structures are longer in one direction than across it.
///
/// Waves of whole numbers of periods with random phases, near a ring (an ellipse) of wave numbers. Its level sets are
/// islands and channels; the sheets around one level are networks of walls.
///
/// **Reference**: Cahn 1965, "Phase separation by spinodal decomposition in isotropic systems"; Soyarslan et al. 2018, "3D
/// stochastic bicontinuous microstructures".
struct GaussianFieldPattern: CellPattern {
  private struct Wave {
    let x: Double
    let y: Double
    let cosine: Double
    let sine: Double
  }

  private let waves: [Wave]
  private let isSheet: Bool

  init(using rng: inout SeededGenerator) {
    isSheet = rng.uniform() < 0.5
    let frequency = isSheet ? rng.uniform(1, 2) : rng.uniform(1.5, 3.5)
    let metric = StretchedMetric(largest: 3, using: &rng)
    var waves: [Wave] = []
    // Half of the plane of wave numbers; the other half repeats it.
    for y in 0...8 {
      for x in -8...8 where y > 0 || x > 0 {
        let length = metric.square(Double(x), Double(y)).squareRoot() / frequency
        let weight = exp(-8 * (length - 1) * (length - 1))
        let (first, second) = rng.normalPair()
        if weight > 1e-3 {
          waves.append(
            Wave(
              x: 2 * .pi * Double(x), y: 2 * .pi * Double(y), cosine: weight * first, sine: weight * second))
        }
      }
    }
    self.waves = waves
  }

  func value(_ x: Double, _ y: Double) -> Double {
    var sum = 0.0
    for wave in waves {
      let phase = wave.x * x + wave.y * y
      sum += wave.cosine * cos(phase) + wave.sine * sin(phase)
    }
    return isSheet ? -abs(sum) : sum
  }
}
