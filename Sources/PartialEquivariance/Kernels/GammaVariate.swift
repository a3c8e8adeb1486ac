internal import Foundation
internal import Tensors

/// A draw from the gamma distribution of rate 1.
///
/// **Reference**: Marsaglia and Tsang (2000), "A simple method for generating gamma variables".
func gammaVariate(shape: Double, using rng: inout Generator) -> Double {
  if shape < 1 {
    // A shape below 1 is reached from the next higher one.
    let uniform = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &rng)
    return gammaVariate(shape: shape + 1, using: &rng) * pow(uniform, 1 / shape)
  }
  let d = shape - 1.0 / 3
  let c = 1 / (9 * d).squareRoot()
  while true {
    // Box and Muller.
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &rng))).squareRoot()
    let normal = radius * cos(2 * .pi * Double.random(in: 0..<1, using: &rng))
    let v = pow(1 + c * normal, 3)
    guard v > 0 else { continue }
    let uniform = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &rng)
    if log(uniform) < 0.5 * normal * normal + d - d * v + d * log(v) { return d * v }
  }
}
