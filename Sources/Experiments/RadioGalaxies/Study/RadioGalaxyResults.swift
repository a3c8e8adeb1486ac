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
    /// The validation loss after the last epoch.
    public let validationLoss: Summary
    /// The share of validation images that are classified wrongly after the last epoch.
    public let validationError: Summary
    /// The accuracy over validation and test images together; nil where the validation had a say in the training.
    public let heldOutAccuracy: Summary?
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

    /// The published network of the same kind, C_N or D_N, with its name.
    static func ofKind(_ label: String) -> (name: String, published: Published)? {
      guard label.wholeMatch(of: /[CD]\d+/) != nil, let kind = label.first else { return nil }
      return all["\(kind)16"].map { ("\(kind)16", $0) }
    }

    /// The numbers as a table shows them; of a network that was not published, those of its kind with its name.
    static func cells(_ label: String) -> [String] {
      if let own = all[label] { return own.texts }
      return ofKind(label).map { kind in kind.published.texts.map { "\($0) (\(kind.name))" } } ?? ["–", "–"]
    }

    private var texts: [String] { ["\(accuracy)", errors.map { "\($0)" }.joined(separator: ", ")] }
  }

  /// The preset.
  public let preset: String
  /// The epochs of each run.
  public let epochs: Int
  /// The networks, in the order asked for.
  public let networks: [Network]
  /// The seconds of all runs together.
  public let seconds: Double

  /// Summarizes runs and their curves.
  init(
    preset: RadioGalaxyPreset, epochs: Int, networks: [RadioGalaxyNetwork], runs: [RadioGalaxyRun],
    curves: [[LearningCurve]], validationCount: Int
  ) {
    self.preset = preset.rawValue
    self.epochs = epochs
    seconds = runs.reduce(0) { $0 + $1.seconds }
    self.networks = zip(networks, curves).map { network, curves in
      let own = runs.filter { $0.network == network.name }
      let errors = curves.compactMap { $0.validationError.last { $0.isFinite } }
      let heldOut = zip(own, errors).map { run, error in
        let (tested, validated) = (Double(run.test.count), Double(validationCount))
        return (run.test.accuracy * tested + (1 - error) * validated) / (tested + validated)
      }
      return Network(
        name: network.name, label: network.label, parameters: own.first?.parameters ?? 0,
        accuracy: Summary(own.map(\.test.accuracy)), monteCarloAccuracy: Summary(own.map(\.monteCarlo.accuracy)),
        rotatedAccuracy: Summary(own.map(\.rotatedAccuracy)),
        errors: [0, 1].map { label in Summary(own.map { Double($0.errors(ofClass: label)) }) },
        overlap: Summary(own.map(\.meanOverlap)), bestValidation: Summary(own.map(\.bestValidation)),
        validationLoss: Summary(curves.compactMap { $0.validationLoss.last { $0.isFinite } }),
        validationError: Summary(errors),
        heldOutAccuracy: preset.validationIsUnused && heldOut.count == own.count ? Summary(heldOut) : nil,
        published: Published.all[network.label], runs: own)
    }
  }

  /// The heads of the columns of `rows`.
  public static let header = [
    "network", "parameters", "accuracy (%)", "at 12 angles (%)", "with dropout (%)",
    "validation error (%)", "held out (%)", "FR I errors",
    "FR II errors",
    "mean η", "published (%)", "published errors",
  ]

  /// One row a network.
  public var rows: [[String]] {
    networks.map { network in
      [
        network.label, "\(network.parameters)",
        network.accuracy.text(digits: 2, scale: 100),
        network.rotatedAccuracy.text(digits: 2, scale: 100), network.monteCarloAccuracy.text(digits: 2, scale: 100),
        network.validationError.text(digits: 2, scale: 100),
        network.heldOutAccuracy?.text(digits: 2, scale: 100) ?? "–",
        network.errors[0].text(digits: 2), network.errors[1].text(digits: 2), network.overlap.text(digits: 3),
      ] + Published.cells(network.label)
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
      let gain = network.accuracy.mean - plain.accuracy.mean
      let upright = Self.difference(network.accuracy, plain.accuracy)
      let turned = Self.difference(network.rotatedAccuracy, plain.rotatedAccuracy)
      let word = gain > 0 ? "above" : gain < 0 ? "below" : "equal to"
      let loss = network.validationLoss.mean < plain.validationLoss.mean ? "lower" : "not lower"
      let held = network.heldOutAccuracy.flatMap { own in
        plain.heldOutAccuracy.map { ", \(Self.difference(own, $0)) over all sources held out" }
      }
      return
        "\(network.label) is \(word) {e} in test accuracy, by \(upright) points (\(turned) over all angles\(held ?? "")), "
        + "and its validation loss is \(loss)."
    }
    if let cyclic = others.last(where: { $0.label.hasPrefix("C") }),
      let dihedral = others.last(where: { $0.label.hasPrefix("D") })
    {
      func holds(_ accuracy: (Network) -> Double?) -> Bool? {
        guard let e = accuracy(plain), let c = accuracy(cyclic), let d = accuracy(dihedral) else { return nil }
        return e < c && c < d
      }
      let measures: [(name: String, holds: Bool?)] = [
        ("in test accuracy", holds { $0.accuracy.mean }), ("over all angles", holds { $0.rotatedAccuracy.mean }),
        ("over all sources held out", holds { $0.heldOutAccuracy?.mean }),
      ]
      let shown = measures.filter { $0.holds == true }.map(\.name).joined(separator: " and ")
      let missing = measures.filter { $0.holds == false }.map(\.name).joined(separator: " or ")
      let ordering = "The published ordering, {e} < C < D,"
      sentences.append(
        shown.isEmpty
          ? "\(ordering) does not show here."
          : "\(ordering) shows \(shown)\(missing.isEmpty ? "" : ", but not \(missing)").")
    }
    return sentences.joined(separator: " ")
  }

  /// The difference of two means in percent, with its standard error.
  private static func difference(_ first: Summary, _ second: Summary) -> String {
    let value = 100 * (first.mean - second.mean)
    let sign = value < 0 ? "−" : "+"
    let text = sign + String(format: "%.2f", abs(value))
    guard first.count > 1, second.count > 1 else { return text }
    let variance = [first, second].reduce(0) { $0 + $1.deviation * $1.deviation / Double($1.count) }
    return text + String(format: " ± %.2f", 100 * variance.squareRoot())
  }
}
