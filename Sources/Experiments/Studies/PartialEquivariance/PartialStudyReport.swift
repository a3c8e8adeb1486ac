internal import Foundation
internal import PartialEquivariance
internal import Training
internal import Visualization

/// The pictures and the one-page report of the study of partial equivariance.
struct PartialStudyReport {
  let findings: PartialStudyFindings
  let folder: StudyFolder
  let command: String
  /// The first run of each line with its experiment.
  let configurations: [(run: String, experiment: Experiment)]

  /// Draws everything into a folder.
  func write(to output: URL) throws {
    var sections = [Report.Section("Accuracy", [.text(conditions), table] + (try accuracyPictures(output)))]
    sections.append(.init("What the numbers say", [.table(of: findings.claims)]))
    sections.append(.init("Learned supports", try supportBlocks(output)))
    let sixes = findings.lines.filter { $0.task == .turnedSixes && $0.runs.allSatisfy { !$0.turned.isEmpty } }
    if !sixes.isEmpty {
      let caption =
        "Mean probability of the class \"6\" for 100 test sixes, turned; the bands hold eight of ten images. "
        + "A fully equivariant network must answer 0.5 everywhere."
      sections.append(
        .init(
          "Six or nine?",
          [try .drawn(PartialStudyPictures.turnedSixes(sixes), "six_or_nine", in: output, caption: caption)]))
    }
    let kernels = try kernelBlocks(output)
    if !kernels.isEmpty { sections.append(.init("Kernels over the group", kernels)) }
    let ranges = findings.lines.filter { $0.task == .knownRange }
    if ranges.count > 1 {
      let caption =
        "The support that each layer learned against the range of the rotations it saw: means and deviations over the seeds."
      sections.append(
        .init(
          "Digits turned within a known range",
          [try .drawn(PartialStudyPictures.knownRange(ranges), "known_range", in: output, caption: caption)]))
    }
    sections +=
      StudyProvenance(
        command: command, seeds: findings.seeds,
        configurations: configurations.map { ($0.run, $0.experiment.resolved.yaml) }, seconds: findings.seconds
      ).sections
    try Report("Learned partial equivariance", summary: summary, sections: sections)
      .write(to: output.appending(path: "report.html"))
  }

  private var summary: String {
    let decided = findings.claims.filter { $0.holds != nil }
    let confirmed = decided.count { $0.holds == true }
    return
      "Of \(findings.claims.count) claims the numbers confirm \(confirmed), refute \(decided.count - confirmed) and "
      + "leave \(findings.claims.count - decided.count) open."
  }

  private var conditions: String {
    findings.preset == "cpu"
      ? "Small networks on few images, a few epochs each: the order of the networks is comparable with the published one, "
        + "the figures are not. Means and deviations over \(findings.seeds.count) seeds of the same images."
      : "The published networks and training. Means and deviations over \(findings.seeds.count) seeds."
  }

  private var table: Report.Block {
    .table(
      header: [
        "images", "network", "weights", "accuracy (%)", "95 % interval of the mean", "published (%)", "time a run",
      ],
      rows: findings.lines.map { line in
        [
          line.task.title, line.network, "\(line.parameters)", PartialStudyFindings.percent(line.accuracy),
          line.accuracy.confidence.map { String(format: "± %.2f", 100 * $0) } ?? "–",
          line.published.map { String(format: "%.2f", $0) } ?? "–",
          StudyProvenance.duration(Summary(line.runs.map(\.seconds)).mean),
        ]
      })
  }

  private func accuracyPictures(_ output: URL) throws -> [Report.Block] {
    try PartialStudyTask.allCases.filter { $0 != .knownRange }.compactMap { task in
      let lines = findings.lines.filter { $0.task == task }
      return try PartialStudyPictures.accuracies(lines).map {
        try .drawn(
          $0, "accuracy_\(task.rawValue)", in: output, caption: "\(task.title): means, with deviations over the seeds.")
      }
    }
  }

  private func supportBlocks(_ output: URL) throws -> [Report.Block] {
    let blocks = try findings.lines.filter { $0.task != .knownRange }.compactMap { line -> Report.Block? in
      guard let plot = PartialStudyPictures.supports(line, seeds: findings.seeds) else { return nil }
      let name = "support_\(line.task.rawValue)_" + line.network.filter { $0.isLetter || $0.isNumber }.lowercased()
      return try .drawn(plot, name, in: output, caption: "\(line.task.title), \(line.network).\(reflections(line))")
    }
    return [.text("The rotations that each layer's output lives on; lifting always covers the whole group.")] + blocks
  }

  /// What networks over E(2) have learned about reflections.
  private func reflections(_ line: PartialStudyFindings.Line) -> String {
    guard let layers = line.runs.first?.supports, layers.first?.values.count == 2 else { return "" }
    let values = layers.indices.map { layer in
      "\(layers[layer].layer) " + Summary(line.runs.map { $0.supports[layer].values[1] }).text(digits: 2)
    }
    return " Probability of reflections: \(values.joined(separator: "; "))."
  }

  private func kernelBlocks(_ output: URL) throws -> [Report.Block] {
    try configurations.filter { $0.run.contains("partial") && !$0.run.contains("cifar") && !$0.run.contains("within") }
      .compactMap { configuration in
        let model = try configuration.experiment.makeModel()
        try RunDirectory.open(at: folder.run(configuration.run).path).loadWeights(into: model)
        let name = configuration.run.split(separator: "/").prefix(2).joined(separator: "_")
        guard let network = (model as? PartialClassifier)?.network as? CKResNet,
          let grid = PartialStudyPictures.kernels(network, title: "Kernels of \(configuration.run)")
        else { return nil }
        return try .drawn(
          grid, "kernels_\(name)", in: output,
          caption:
            "Upper rows: kernels of the lifting layer, turned with the element they are for. Lower rows: kernels of the first "
            + "convolution from input fields to output field 1 as the angle between input and output element grows.")
      }
  }
}
