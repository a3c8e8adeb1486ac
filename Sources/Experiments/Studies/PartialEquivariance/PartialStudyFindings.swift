internal import Foundation

/// What the study found, line by line, and what that says of the paper's claims.
public struct PartialStudyFindings: Codable, Sendable {
  /// One line of the table.
  public struct Line: Codable, Sendable {
    /// The task.
    public let task: PartialStudyTask
    /// The network, such as "SE(2), partial".
    public let network: String
    /// How many numbers are trained.
    public let parameters: Int
    /// The accuracy over the runs, as a share.
    public let accuracy: Summary
    /// The published accuracy in percent, of larger networks and longer training in the small preset.
    public let published: Double?
    /// The largest angle of the images in degrees, where the study chose it.
    public let range: Double?
    /// The runs, one a seed.
    public let runs: [PartialStudyRun]

    package init(
      task: PartialStudyTask, network: String, published: Double? = nil, range: Double? = nil, runs: [PartialStudyRun]
    ) {
      self.task = task
      self.network = network
      parameters = runs.first?.parameters ?? 0
      accuracy = Summary(runs.map(\.accuracy))
      self.published = published
      self.range = range
      self.runs = runs
    }
  }

  /// The preset.
  public let preset: String
  /// The seeds.
  public let seeds: [Int]
  /// The lines of the table.
  public let lines: [Line]
  /// The claims.
  public let claims: [StudyClaim]
  /// The seconds of all trainings and tests.
  public let seconds: Double

  package init(preset: PartialEquivarianceStudy.Preset, seeds: [Int], lines: [Line]) {
    self.preset = preset.rawValue
    self.seeds = seeds
    self.lines = lines
    seconds = lines.reduce(0) { $0 + $1.runs.reduce(0) { $0 + $1.seconds } }
    claims = PartialStudyTask.allCases.flatMap { Self.claims(of: $0, lines.filter { [task = $0] in $0.task == task }) }
  }

  // MARK: - Claims

  private static func claims(of task: PartialStudyTask, _ lines: [Line]) -> [StudyClaim] {
    func line(_ network: String) -> Line? { lines.first { $0.network == network } }
    switch task {
    case .turnedSixes, .mirroredSixes:
      let group = task == .turnedSixes ? "SE(2)" : "E(2)"
      guard let full = line("\(group), full"), let partial = line("\(group), partial") else { return [] }
      // Invariance makes both images of a pair score the same; chance is exact up to rounding of single pixels.
      return [
        StudyClaim(
          claim: "\(task.title): a fully equivariant network stays at 50 %, whatever it learns",
          holds: full.runs.allSatisfy { abs($0.accuracy - 0.5) <= 0.01 },
          evidence: "\(percent(full.accuracy)) %"),
        StudyClaim(
          claim: "\(task.title): a partial network tells the classes apart (more than 98 %)",
          holds: partial.runs.allSatisfy { $0.accuracy > 0.98 }, evidence: "\(percent(partial.accuracy)) %"),
      ]
    case .rotatedDigits:
      return ["SE(2)", "E(2)"].flatMap { group -> [StudyClaim] in
        guard let plane = line("T(2)"), let full = line("\(group), full"), let partial = line("\(group), partial")
        else { return [] }
        return [
          comparison("\(task.title): over \(group), partial and full are within noise", partial, full) {
            $0.contains(0)
          },
          comparison("\(task.title): \(group), full, beats T(2)", full, plane) { $0.lowerBound > 0 },
          comparison("\(task.title): \(group), partial, beats T(2)", partial, plane) { $0.lowerBound > 0 },
        ].compactMap { $0 }
      }
    case .cifar10, .cifar100:
      return ["SE(2)", "E(2)"].compactMap { group in
        guard let full = line("\(group), full"), let partial = line("\(group), partial") else { return nil }
        return comparison("\(task.title): over \(group), partial is at least as good as full", partial, full) {
          $0.lowerBound >= 0 ? true : $0.upperBound < 0 ? false : nil
        }
      }
    case .knownRange:
      return rangeClaim(lines).map { [$0] } ?? []
    }
  }

  /// Compares two networks seed by seed: the mean difference with its 95 % interval.
  private static func comparison(
    _ claim: String, _ first: Line, _ second: Line, holds: (ClosedRange<Double>) -> Bool?
  ) -> StudyClaim? {
    let differences = zip(first.runs, second.runs).map { 100 * ($0.accuracy - $1.accuracy) }
    let summary = Summary(differences)
    guard let width = summary.confidence else {
      let evidence = differences.first.map { String(format: "%+.2f points in one run: not enough to tell", $0) }
      return evidence.map { StudyClaim(claim: claim, holds: nil, evidence: $0) }
    }
    return StudyClaim(
      claim: claim, holds: holds(summary.mean - width...summary.mean + width),
      evidence: String(
        format: "%@ against %@ %%: %+.2f points, 95 %% interval %+.2f to %+.2f", percent(first.accuracy),
        percent(second.accuracy), summary.mean, summary.mean - width, summary.mean + width))
  }

  /// Whether the supports that are learned grow with the range of the images, and are near it.
  private static func rangeClaim(_ lines: [Line]) -> StudyClaim? {
    let points = lines.flatMap { line in
      line.runs.flatMap { run in
        run.supports.compactMap { support in
          line.range.flatMap { range in support.values.first.map { (range: range, learned: 180 * $0) } }
        }
      }
    }
    guard points.count > 2, Set(points.map(\.range)).count > 1 else { return nil }
    let correlation = correlation(points.map(\.range), points.map(\.learned))
    let means = lines.map { line in
      let values = line.runs.flatMap { $0.supports.compactMap { $0.values.first.map { 180 * $0 } } }
      return "±\(Int(line.range ?? 0))°: ±\(Summary(values).text(digits: 0))°"
    }
    let error = points.reduce(0) { $0 + abs($1.learned - $1.range) } / Double(points.count)
    return StudyClaim(
      claim: "Known range: the layers learn the range of the images' rotations (to 15° on average)",
      holds: error <= 15,
      evidence: "learned, mean over layers and seeds: \(means.joined(separator: ", ")); mean distance "
        + String(format: "%.0f°, correlation with the true range %+.2f", error, correlation))
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (meanX, meanY) = (Summary(x).mean, Summary(y).mean)
    let products = zip(x, y).reduce((xy: 0.0, xx: 0.0, yy: 0.0)) { sums, pair in
      let (a, b) = (pair.0 - meanX, pair.1 - meanY)
      return (sums.xy + a * b, sums.xx + a * a, sums.yy + b * b)
    }
    return products.xx * products.yy > 0 ? products.xy / (products.xx * products.yy).squareRoot() : 0
  }

  static func percent(_ accuracy: Summary) -> String { accuracy.text(digits: 2, scale: 100) }
}
