import Foundation
import Symmetry

/// The radial profiles and the cosines and sines of every frequency on the pixels of a kernel.
struct SampledProfile: Sendable {
  let points: Int
  /// Row-major [ring][point].
  let radial: [Double]
  /// Row-major [frequency][point]; zero at the origin for positive frequencies.
  let cosines: [Double]
  let sines: [Double]

  private static let cache = OnceCache<KernelConfiguration, SampledProfile>()

  static func profile(_ configuration: KernelConfiguration, group: Group) -> SampledProfile {
    var key = configuration
    key.filter = nil
    key.maximumOffset = nil
    if !key.usesAxis(of: group) { key.axis = 0 }
    key.action = nil
    return cache.value(for: key) { SampledProfile(key) }
  }

  static func emptyCache() { cache.removeAll() }

  private init(_ configuration: KernelConfiguration) {
    let (rings, widths) = (configuration.resolvedRings, configuration.resolvedSigma)
    let (size, dilation) = (configuration.kernelSize, configuration.dilation)
    let points = size * size
    let origin = Double(dilation * (size - 1)) / 2
    let frequencies = configuration.maximumFrequency
    var radial = [Double](repeating: 0, count: rings.count * points)
    var cosines = [Double](repeating: 0, count: (frequencies + 1) * points)
    var sines = cosines
    for row in 0..<size {
      for column in 0..<size {
        let point = row * size + column
        let x = Double(column * dilation) - origin
        let y = origin - Double(row * dilation)
        let radius = (x * x + y * y).squareRoot()
        for ring in rings.indices {
          radial[ring * points + point] = Self.ring(radius, radius: rings[ring], sigma: widths[ring])
        }
        cosines[point] = 1
        guard radius >= Self.smallestRadius, frequencies > 0 else { continue }
        let angle = atan2(y, x) - configuration.axis
        for frequency in 1...frequencies {
          cosines[frequency * points + point] = cos(Double(frequency) * angle)
          sines[frequency * points + point] = sin(Double(frequency) * angle)
        }
      }
    }
    (self.points, self.radial, self.cosines, self.sines) = (points, radial, cosines, sines)
  }

  /// Points closer than this to the center have no angle.
  static let smallestRadius = 1e-9

  /// The Gaussian ring at distance `distance` from the center.
  static func ring(_ distance: Double, radius: Double, sigma: Double) -> Double {
    let offset = distance - radius
    return exp(-offset * offset / (2 * sigma * sigma))
  }
}
