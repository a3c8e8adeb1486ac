internal import Datasets
internal import EquivarianceTesting
internal import Foundation
internal import Layers
internal import Tensors
internal import Training
internal import Visualization

/// The pictures and the one-page report of the metamaterial study.
struct MetamaterialStudyReport {
  let findings: MetamaterialStudyFindings
  let folder: StudyFolder
  let size: MetamaterialStudySize
  let file: String
  let cells: RegressionDataset
  let seeds: Int
  let command: String

  private typealias Variant = MetamaterialStudyVariant
  private var pictures: MetamaterialStudyPictures { MetamaterialStudyPictures(findings: findings) }

  /// Draws everything into a folder.
  func write(to output: URL) throws {
    var sections: [Report.Section] = []
    sections.append(
      .init(
        "The original's table",
        [
          .text(conditions), originalTable,
          .text(
            "Mean squared error over cells and components, ± the deviation over the runs; below, what the original printed for "
              + "its own, unpublished cells (its ± .40 is printed so). Numbers of parameters: \(parameters)."),
          .table(of: [findings.verdict] + findings.claims),
        ]))
    sections.append(
      .init(
        "Further networks",
        [
          .text(furtherText), furtherTable,
          .table(of: findings.ownClaims),
          try .drawn(
            pictures.errors(), "errors", in: output, caption: "All variants at \(size.training) training cells."),
        ]))
    sections.append(.init("Learning", try learning(output)))
    if let efficiency = pictures.efficiency() {
      let caption =
        "Geometric mean and deviation over \(efficiencySeeds) seeds. All four are trained in the same way (batches of 64, "
        + "cosine); n of \(size.training) cells are passed √(\(size.training)/n) times as often."
      sections.append(
        .init("Sample efficiency", [try .drawn(efficiency, "sample_efficiency", in: output, caption: caption)]))
    }
    sections.append(.init("Symmetry, measured", try symmetry(output)))
    sections.append(
      .init("Data", [try .drawn(MetamaterialStudyPictures.cells(cells), "cells", in: output, caption: dataText)]))
    let provenance = StudyProvenance(
      command: command, seeds: Array(0..<seeds),
      configurations: [Variant(.plain), Variant(.flip, .flip), Variant(.elasticityD4)].map {
        ($0.run(seed: 0), size.yaml($0, seed: 0, file: file))
      }, seconds: findings.seconds)
    try Report(
      "Elasticity of metamaterials: what equivariance buys", summary: summary, sections: sections + provenance.sections
    ).write(to: output.appending(path: "report.html"))
  }

  // MARK: - Texts

  private var efficiencySeeds: Int { min(seeds, size.efficiencySeeds) }

  private var summary: String {
    let verdict = findings.verdict
    var text = "\(verdict.claim): \(verdict.verdict) (\(verdict.evidence))."
    if let own = findings.line(Variant(.elasticityD4)), let plain = findings.line(Variant(.plain)) {
      text += String(
        format: " Equivariant end to end, a network has a mean squared error of %@ where the plain one has %@.",
        Self.scientific(own.error.mean), Self.scientific(plain.error.mean))
    }
    return text
  }

  private var conditions: String {
    """
    \(cells.count) unit cells of \(size.side)×\(size.side) pixels, homogenized with periodic finite elements; a fifth of them, \
    another one for each seed, is for the test. Trained as published: Adam at 0.0054, batches of \(size.batchSize), \(size.epochs) epochs, \
    mean squared error, no normalization. \(seeds) seeds. The last epoch's network is tested; nothing is chosen by the test cells.
    """
  }

  private var furtherText: String {
    """
    C4 and D4 are the original's network with more symmetric kernels. "Ours" are circular steerable convolutions between \
    regular fields (\(size.channels.map(String.init).joined(separator: ", ")) channels, whatever the group), the mean over all \
    positions of the torus, and a steerable map to the representation of the tensor. They ignore every cyclic shift, and their \
    answer turns with the cell as a tensor of fourth order does, whatever the weights. Our training is Adam at 0.005 falling \
    along a cosine, batches of 64, \(size.cosineEpochs) epochs; \(min(seeds, size.ownSeeds)) seeds for our networks.
    """
  }

  private var dataText: String {
    "Fifteen of the cells. Solid: Q00 = Q11 = 1, Q01 = 0.25, Q22 = 0.375. Direction 0 is vertical, direction 1 horizontal."
  }

  private var parameters: String {
    Variant.Network.allCases.filter(\.isPublished).compactMap { network in
      findings.line(Variant(network)).map { line in
        "\(network.title) \(line.parameters)"
          + (network.publishedParameters.map { " (reference \($0))" } ?? " (not in the reference)")
      }
    }.joined(separator: ", ")
  }

  private static func scientific(_ value: Double) -> String { String(format: "%.2g", value) }

  // MARK: - Tables

  private var originalTable: Report.Block {
    let changes: [Variant.Augmentation] = [.none, .flip, .rotation, .shift]
    let rows = [Variant.Network.plain, .flip, .c2, .circular].flatMap { network -> [[String]] in
      let variants = changes.map { Variant(network, $0) }
      return [
        [network.title] + variants.map { findings.line($0)?.error.text(digits: 5) ?? "" },
        ["published"]
          + variants.map { variant in variant.published.map { String(format: "%g ± %g", $0.mean, $0.deviation) } ?? "" },
      ]
    }
    // Equivariant to all of the changes, it is trained without any.
    let ours = findings.line(Variant(.elasticityD4)).map { line in
      [[Variant.Network.elasticityD4.title + ", \(line.runs.count) seeds", line.error.text(digits: 5), "", "", ""]]
    }
    return .table(
      header: ["network", "no augmentation", "flips", "rotations", "cyclic shifts"], rows: rows + (ours ?? []))
  }

  private var furtherTable: Report.Block {
    let rows = Variant.further.compactMap { variant in
      findings.line(variant).map { line in
        [
          pictures.name(variant), "\(line.parameters)", "\(line.runs.count)", line.error.text(digits: 6),
          line.explained.text(digits: 4),
          StudyProvenance.duration(Summary(line.runs.map(\.seconds)).mean),
        ]
      }
    }
    return .table(header: ["network", "weights", "runs", "test error", "R²", "time a run"], rows: rows)
  }

  // MARK: - Pictures

  private func learning(_ output: URL) throws -> [Report.Block] {
    let plots: [(String, String, [Variant])] = [
      ("Without augmentation", "learning_none", [.init(.circular), .init(.flip), .init(.c2), .init(.plain)]),
      ("Flips", "learning_flip", [.init(.plain, .flip), .init(.flip, .flip)]),
      ("Rotations", "learning_rotation", [.init(.plain, .rotation), .init(.c2, .rotation)]),
      ("Cyclic shifts", "learning_shift", [.init(.plain, .shift), .init(.circular, .shift)]),
      (
        "Our training", "learning_ours",
        [
          .init(.plain, .none, schedule: .cosine), .init(.elasticityC1), .init(.elasticityC1, .all),
          .init(.elasticityD4),
        ]
      ),
    ]
    return try plots.compactMap { title, name, variants in
      try pictures.learning(title, variants).map {
        try .drawn(
          $0, name, in: output,
          caption:
            "Mean squared error of the test cells after each epoch\(name == "learning_ours" ? " that was measured" : ""): "
            + "geometric mean over the runs, band of one deviation of the logarithm.")
      }
    }
  }

  /// The symmetry of trained networks and what they predict.
  private func symmetry(_ output: URL) throws -> [Report.Block] {
    var rows: [[String]] = []
    var blocks: [Report.Block] = []
    for variant in [Variant(.plain), .init(.flip, .flip), .init(.circular, .shift), .init(.elasticityD4)] {
      let name = variant.run(seed: 0)
      guard findings.line(variant) != nil else { continue }
      let experiment = try Experiment(yaml: size.yaml(variant, seed: 0, file: file), source: name)
      let model = try experiment.makeModel()
      try RunDirectory.open(at: folder.run(name).path).loadWeights(into: model)
      let verification = try Verification(model, name: name, configuration: experiment.configuration)
      rows.append([
        pictures.name(variant), verification.group, String(format: "%.1e", verification.network.latticeMaximum),
        String(format: "%.1e", verification.shifts?.maximum ?? 0), verification.holds ? "holds" : "fails",
      ])
      guard variant == Variant(.plain) || variant == Variant(.elasticityD4) else { continue }
      let test = try experiment.configuration.data.splits(of: cells).test.cells
      let predictions = Self.predictions(of: model, on: test)
      let truth = (0..<test.count).map { test.target($0).map(Double.init) }
      let file = "predictions_\(variant.network.rawValue)"
      blocks.append(
        try .drawn(
          MetamaterialStudyPictures.scatter(
            pictures.name(variant), truth: truth, predictions: predictions, names: test.targetNames), file, in: output,
          caption: "Predicted against homogenized components of the \(test.count) test cells of seed 0."))
    }
    let text =
      "Trained networks of seed 0 in double precision: the largest difference between f(g·x) and ρ(g) f(x) over the elements of "
      + "the group and random images, ρ being the law of the tensor, and the largest change under cyclic shifts."
    return [
      .text(text),
      .table(header: ["network", "held to", "rotations and flips", "cyclic shifts", "to 1e-9"], rows: rows),
    ] + blocks
  }

  private static func predictions(of model: any ImagePredictor, on cells: RegressionDataset) -> [[Double]] {
    model.evaluating {
      withoutGradient {
        stride(from: 0, to: cells.count, by: 100).flatMap { start -> [[Double]] in
          let count = min(100, cells.count - start)
          let images = cells.batch(indices: Array(start..<(start + count))).images
          let values = model(images).to(.float32).scalars(as: Double.self)
          let width = values.count / count
          return (0..<count).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
        }
      }
    }
  }
}
