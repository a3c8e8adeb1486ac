internal import Foundation

/// How much two sets of numbers between 0 and 1 overlap: 0 when they lie apart, about 1 when they agree.
///
/// Each set becomes a density, a Gaussian of width β around every number; the index is the area under the smaller of the
/// two densities, summed over equally spaced points of [0, 1]. What the Gaussians have outside of that range is lost, and
/// the points lie a little farther apart than the sum takes them to, so identical sets give a little less than 1: 0.99 in the middle of the range
/// with 100 points, about one half at its ends.
///
/// **Reference**: Scaife and Porter, MNRAS 503 (2021) 2369, section 5; Pastore and Calcagnì, "Measuring distribution
/// similarities between samples", Frontiers in Psychology 10 (2019) 1089.
public struct OverlapIndex: Hashable, Codable, Sendable {
  /// The width β of the Gaussians.
  public let bandwidth: Double
  /// The number of points, of which the first is 0 and the last is 1.
  public let points: Int

  /// Makes an index; the defaults are the published ones.
  ///
  /// **Traps**: unless the bandwidth is positive and there are two points or more.
  public init(bandwidth: Double = 0.1, points: Int = 100) {
    precondition(
      bandwidth > 0 && points >= 2,
      "OverlapIndex: a bandwidth of \(bandwidth) and \(points) points; expected a positive one and at least 2")
    self.bandwidth = bandwidth
    self.points = points
  }

  /// The overlap of two sets.
  ///
  /// **Traps**: if a set is empty.
  ///
  /// **Complexity**: one exponential for each number and point.
  public func callAsFunction(_ first: [Double], _ second: [Double]) -> Double {
    precondition(!first.isEmpty && !second.isEmpty, "OverlapIndex: a set has no numbers")
    let sum = zip(density(first), density(second)).reduce(0) { $0 + min($1.0, $1.1) }
    return sum / Double(points)
  }

  /// The positions at which densities are compared.
  public var positions: [Double] { (0..<points).map { Double($0) / Double(points - 1) } }

  /// The density of a set at every position.
  public func density(_ values: [Double]) -> [Double] {
    let scale = 1 / (bandwidth * (2 * Double.pi).squareRoot() * Double(values.count))
    let exponent = -1 / (2 * bandwidth * bandwidth)
    return positions.map { position in
      scale * values.reduce(0) { $0 + exp(exponent * (position - $1) * (position - $1)) }
    }
  }
}
