internal import Foundation
internal import Training

/// What the radio-galaxy study found: `results.json`, and the table of its report.
public struct RadioGalaxyResults: Codable, Sendable {
  /// All runs of one network.
  public struct Network: Codable, Sendable {
    /// The name on the command line.
    public let name: String
    /// The name in tables.
    public let label: String
    /// The numbers that are trained.
    public let parameters: Int
    /// The test accuracy, from 0 to 1.
    public let accuracy: Summary
    /// The test accuracy by the mean of many passes with dropout.
    public let monteCarloAccuracy: Summary
    /// The accuracy over the test images at twelve angles.
    public let rotatedAccuracy: Summary
    /// The misclassified test images of class FR I and of class FR II.
    public let errors: [Summary]
    /// The mean overlap index.
    public let overlap: Summary
    /// The best validation accuracy.
    public let bestValidation: Summary
    /// The published accuracy in percent, and the published errors of both classes; nil where there are none.
    public let published: Published?
    /// The runs.
    public let runs: [RadioGalaxyRun]
  }

  /// The published numbers of a network, averages over five runs of 104 test images.
  ///
  /// **Reference**: the misclassifications in Scaife and Porter (2021); the accuracies follow from them.
  public struct Published: Codable, Hashable, Sendable {
    /// The accuracy in percent.
    public let accuracy: Double
    /// The misclassified images of class FR I and of class FR II.
    public let errors: [Double]

    /// By the name of a network in tables.
    public static let all: [String: Published] = [
      "{e}": Published(accuracy: 94.04, errors: [2.96, 3.24]),
      "C16": Published(accuracy: 96.07, errors: [1.76, 2.33]),
      "D16": Published(accuracy: 96.56, errors: [1.71, 1.87]),
    ]
  }

  /// The preset.
  public let preset: String
  /// The epochs of each run.
  public let epochs: Int
  /// The networks, in the order asked for.
  public let networks: [Network]
  /// The seconds of all runs together.
  public let seconds: Double

  /// Summarizes runs.
  init(preset: RadioGalaxyPreset, epochs: Int, networks: [RadioGalaxyNetwork], runs: [RadioGalaxyRun]) {
    self.preset = preset.rawValue
    self.epochs = epochs
    seconds = runs.reduce(0) { $0 + $1.seconds }
    self.networks = networks.map { network in
      let own = runs.filter { $0.network == network.name }
      return Network(
        name: network.name, label: network.label, parameters: own.first?.parameters ?? 0,
        accuracy: Summary(own.map(\.test.accuracy)), monteCarloAccuracy: Summary(own.map(\.monteCarlo.accuracy)),
        rotatedAccuracy: Summary(own.map(\.rotatedAccuracy)),
        errors: [0, 1].map { label in Summary(own.map { Double($0.errors(ofClass: label)) }) },
        overlap: Summary(own.map(\.meanOverlap)), bestValidation: Summary(own.map(\.bestValidation)),
        published: Published.all[network.label], runs: own)
    }
  }

  /// The heads of the columns of `rows`.
  public static let header = [
    "network", "parameters", "accuracy (%)", "at 12 angles (%)", "with dropout (%)", "FR I errors", "FR II errors",
    "mean η", "published (%)", "published errors",
  ]

  /// One row a network.
  public var rows: [[String]] {
    networks.map { network in
      [
        network.label, "\(network.parameters)", network.accuracy.text(digits: 2, scale: 100),
        network.rotatedAccuracy.text(digits: 2, scale: 100), network.monteCarloAccuracy.text(digits: 2, scale: 100),
        network.errors[0].text(digits: 2), network.errors[1].text(digits: 2), network.overlap.text(digits: 3),
        network.published.map { "\($0.accuracy)" } ?? "–",
        network.published.map { "\($0.errors[0]), \($0.errors[1])" } ?? "–",
      ]
    }
  }

  /// Whether the claim of the publication shows: each network of the list beats the plain one, D_N beats C_N.
  public var verdict: String {
    guard let plain = networks.first(where: { $0.label == "{e}" }) else {
      return "The plain network was not trained, so there is nothing to compare with."
    }
    let others = networks.filter { $0.label.wholeMatch(of: /[CD]\d+/) != nil }
    guard !others.isEmpty else { return "No steerable network was trained, so there is nothing to compare." }
    var sentences = others.map { network in
      let gain = 100 * (network.accuracy.mean - plain.accuracy.mean)
      let turned = 100 * (network.rotatedAccuracy.mean - plain.rotatedAccuracy.mean)
      let word = gain > 0 ? "above" : gain < 0 ? "below" : "equal to"
      return
        "\(network.label) is \(word) {e} in accuracy (\(Self.signed(gain)) points; \(Self.signed(turned)) over all angles)."
    }
    if let cyclic = others.last(where: { $0.label.hasPrefix("C") }),
      let dihedral = others.last(where: { $0.label.hasPrefix("D") })
    {
      let isAbove = dihedral.accuracy.mean > cyclic.accuracy.mean
      sentences.append("\(dihedral.label) is \(isAbove ? "above" : "not above") \(cyclic.label).")
      let holds = isAbove && others.allSatisfy { $0.accuracy.mean > plain.accuracy.mean }
      sentences.append(
        holds
          ? "That is the published ordering, {e} < C < D." : "The published ordering, {e} < C < D, does not show here.")
    }
    return sentences.joined(separator: " ")
  }

  private static func signed(_ value: Double) -> String {
    (value < 0 ? "−" : "+") + String(format: "%.2f", abs(value))
  }
}
