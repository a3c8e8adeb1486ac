public import Datasets
internal import Foundation

/// How two networks' confidence differs, source by source.
///
/// **Reference**: Scaife and Porter, MNRAS 503 (2021) 2369, section 5; there the plain network is compared with D16.
public struct OverlapComparison: Hashable, Codable, Sendable {
  /// Sources whose overlap changed in one direction.
  public struct Group: Hashable, Codable, Sendable {
    /// The positions of the sources among the test images.
    public let sources: [Int]
    /// The mean of the first network's overlap less the second's; 0 for no source.
    public let meanDifference: Double
    /// The mean of the true classes, 0 for FR I and 1 for FR II; 0 for no source.
    public let meanClass: Double

    /// The number of sources.
    public var count: Int { sources.count }
  }

  /// One source.
  public struct Source: Hashable, Codable, Sendable {
    /// The true class.
    public let target: Int
    /// The classes that both networks find in the upright image.
    public let predictions: [Int]
    /// Both mean overlaps.
    public let overlaps: [Double]
    /// Both standard deviations of the overlap over the angles.
    public let deviations: [Double]
  }

  /// The smallest difference of overlap that counts, and the largest overlap that counts as none.
  public let threshold: Double
  /// All sources in order.
  public let sources: [Source]
  /// The sources of which the second network is surer.
  public let improved: Group
  /// The sources of which the second network is less sure.
  public let worse: Group
  /// How many sources each network is sure of: their overlap is at most the threshold.
  public let certain: [Int]
  /// The mean overlap of each network.
  public let meanOverlaps: [Double]

  /// Compares a network with a first one.
  ///
  /// **Throws**: `DatasetError.invalid` when the tables are not of the same sources.
  public init(_ first: OverlapTable, _ second: OverlapTable, threshold: Double = 0.01) throws(DatasetError) {
    guard first.rows.count == second.rows.count else {
      throw .invalid(
        "the two overlap tables have \(first.rows.count) and \(second.rows.count) sources; compare tests on the same images"
      )
    }
    if let row = first.rows.indices.first(where: { first.rows[$0].target != second.rows[$0].target }) {
      throw .invalid(
        "the two overlap tables name the classes \(first.rows[row].target) and \(second.rows[row].target) for source \(row); "
          + "compare tests on the same images")
    }
    self.threshold = threshold
    let pairs = Array(zip(first.rows, second.rows))
    sources = pairs.map { a, b in
      Source(
        target: a.target, predictions: [a.prediction, b.prediction], overlaps: [a.meanOverlap, b.meanOverlap],
        deviations: [a.overlapDeviation, b.overlapDeviation])
    }
    func group(_ belongs: (Double) -> Bool) -> Group {
      let differences = pairs.map { $0.meanOverlap - $1.meanOverlap }
      let chosen = differences.indices.filter { belongs(differences[$0]) }
      let count = Double(max(chosen.count, 1))
      return Group(
        sources: chosen, meanDifference: chosen.reduce(0) { $0 + differences[$1] } / count,
        meanClass: chosen.reduce(0) { $0 + Double(first.rows[$1].target) } / count)
    }
    improved = group { $0 > threshold }
    worse = group { $0 < -threshold }
    certain = [first, second].map { table in table.rows.count { $0.meanOverlap <= threshold } }
    meanOverlaps = [first, second].map { table in
      table.rows.reduce(0) { $0 + $1.meanOverlap } / Double(max(table.rows.count, 1))
    }
  }

  /// The sources whose deviation over the angles differs most, the largest gain of the second network first.
  ///
  /// With `reversed`, the largest loss comes first.
  public func ranked(reversed: Bool = false) -> [Int] {
    let gains = sources.map { $0.deviations[0] - $0.deviations[1] }
    return sources.indices.sorted { reversed ? gains[$0] < gains[$1] : gains[$0] > gains[$1] }
  }

  /// The comparison in three sentences, with the names of both networks.
  public func summary(_ first: String, _ second: String) -> String {
    func group(_ group: Group, _ word: String) -> String {
      group.count == 0
        ? "no source is \(word)"
        : "\(group.count) of \(sources.count) sources are \(word) by more than \(threshold) (on average by "
          + String(format: "%.3f; mean class %.2f)", abs(group.meanDifference), group.meanClass)
    }
    return String(
      format: "The mean overlap is %.3f for \(first) and %.3f for \(second). ", meanOverlaps[0], meanOverlaps[1])
      + "With \(second), \(group(improved, "surer")); \(group(worse, "less sure")). "
      + "\(first) is sure of \(certain[0]) sources (overlap at most \(threshold)), \(second) of \(certain[1])."
  }
}
