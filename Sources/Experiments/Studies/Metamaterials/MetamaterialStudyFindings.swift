internal import Foundation
internal import Training

/// What the metamaterial study found, line by line, and what that says of the original's claims.
public struct MetamaterialStudyFindings: Codable, Sendable {
  /// One line: a variant with its runs.
  public struct Line: Codable, Sendable {
    /// The network, its changes and its training.
    public let variant: MetamaterialStudyVariant
    /// How many numbers are trained.
    public let parameters: Int
    /// The mean squared error of the test cells over the runs.
    public let error: Summary
    /// The share of the variance that is explained, mean over the components, over the runs.
    public let explained: Summary
    /// The runs, one a seed.
    public let runs: [MetamaterialStudyRun]

    package init(variant: MetamaterialStudyVariant, runs: [MetamaterialStudyRun]) {
      self.variant = variant
      self.runs = runs
      parameters = runs.first?.parameters ?? 0
      error = Summary(runs.map(\.test.meanSquaredError))
      explained = Summary(runs.compactMap(\.test.explained))
    }
  }

  /// The lines, at all training cells and fewer.
  public let lines: [Line]
  /// What the original says.
  public let claims: [StudyClaim]
  /// What is said of our own networks.
  public let ownClaims: [StudyClaim]
  /// The number of test cells.
  public let testCells: Int
  /// The number of training cells.
  public let trainingCells: Int
  /// The seconds of all trainings.
  public let seconds: Double

  package init(lines: [Line], trainingCells: Int, testCells: Int) {
    self.lines = lines
    self.trainingCells = trainingCells
    self.testCells = testCells
    seconds = lines.reduce(0) { $0 + $1.runs.reduce(0) { $0 + $1.seconds } }
    let find: (MetamaterialStudyVariant) -> Line? = { variant in lines.first { $0.variant == variant } }
    claims = Self.claims(find)
    ownClaims = Self.ownClaims(find)
  }

  /// The line of a variant.
  public func line(_ variant: MetamaterialStudyVariant) -> Line? { lines.first { $0.variant == variant } }

  /// The original's claim as a whole: confirmed if every part is, refuted if one part is, else undecided.
  public var verdict: StudyClaim {
    let (held, refuted) = (claims.count { $0.holds == true }, claims.count { $0.holds == false })
    return StudyClaim(
      claim: Self.statement, holds: refuted > 0 ? false : held == claims.count && held > 0 ? true : nil,
      evidence: "of \(claims.count) parts, \(held) are confirmed, \(refuted) refuted and "
        + "\(claims.count - held - refuted) undecided")
  }

  /// What the original says.
  public static let statement =
    "Equivariant models converge faster and end lower when the training data are augmented with the matching "
    + "transformation; without augmentation the plain CNN is best"

  // MARK: - Claims

  private static func claims(_ line: (MetamaterialStudyVariant) -> Line?) -> [StudyClaim] {
    let pairs: [(MetamaterialStudyVariant.Network, MetamaterialStudyVariant.Augmentation)] = [
      (.flip, .flip), (.c2, .rotation), (.circular, .shift),
    ]
    let without = pairs.compactMap { network, _ in
      compare(
        "Without augmentation: plain CNN lower than \(network.title)", line(.init(.plain)), line(.init(network)),
        final)
    }
    let lower = pairs.compactMap { network, change in
      compare(
        "\(change.rawValue.capitalized) augmentation: \(network.title) ends lower than the plain CNN",
        line(.init(network, change)), line(.init(.plain, change)), final)
    }
    let faster = pairs.compactMap { network, change in
      compare(
        "\(change.rawValue.capitalized) augmentation: \(network.title) converges faster (error over the first half of "
          + "the epochs)", line(.init(network, change)), line(.init(.plain, change)), early)
    }
    return without + lower + faster
  }

  private static func ownClaims(_ line: (MetamaterialStudyVariant) -> Line?) -> [StudyClaim] {
    let own = line(.init(.elasticityD4))
    let plain = MetamaterialStudyVariant.table.filter { $0.network == .plain }.compactMap(line)
      .min { $0.error.mean < $1.error.mean }
    return [
      compare("Ours (D4) ends lower than the plain CNN as published, at its best augmentation", own, plain, final),
      compare(
        "Ours (D4) ends lower than the plain CNN with all augmentations and our training", own,
        line(.init(.plain, .all, schedule: .cosine)), final),
      compare(
        "Ours (D4) ends lower than the same network without rotations and flips (C1)", own,
        line(.init(.elasticityC1)), final),
      compare(
        "Ours (D4) ends lower than C1 with all augmentations: equivariance against augmentation", own,
        line(.init(.elasticityC1, .all)), final),
    ].compactMap { $0 }
  }

  private static func final(_ run: MetamaterialStudyRun) -> Double { log(run.test.meanSquaredError) }

  /// The mean logarithm of the test error over the first half of the epochs.
  private static func early(_ run: MetamaterialStudyRun) -> Double {
    let values = run.epochs.prefix(max(1, run.epochs.count / 2)).compactMap(\.test).map { log($0) }
    return values.reduce(0, +) / Double(max(1, values.count))
  }

  /// Compares two networks seed by seed: runs of one seed have the same division of the cells.
  ///
  /// The evidence is the ratio of their errors (geometric means) with its 95 % interval after Student. The claim holds if
  /// the whole interval is below 1, and is refuted if it is above.
  private static func compare(
    _ claim: String, _ first: Line?, _ second: Line?, _ measure: (MetamaterialStudyRun) -> Double
  ) -> StudyClaim? {
    guard let first, let second else { return nil }
    let differences = first.runs.compactMap { run in
      second.runs.first { $0.seed == run.seed }.map { measure(run) - measure($0) }
    }.filter(\.isFinite)
    let summary = Summary(differences)
    guard let width = summary.confidence else {
      return differences.first.map {
        StudyClaim(
          claim: claim, holds: nil, evidence: String(format: "ratio %.3g in one run: not enough to tell", exp($0)))
      }
    }
    let (low, high) = (exp(summary.mean - width), exp(summary.mean + width))
    return StudyClaim(
      claim: claim, holds: high < 1 ? true : low > 1 ? false : nil,
      evidence: String(
        format: "ratio of the errors %.3g, 95 %% interval %.3g to %.3g, %d pairs of runs", exp(summary.mean), low, high,
        summary.count))
  }
}
