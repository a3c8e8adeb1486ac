import Datasets
import EquivarianceTesting
import EquivariantLayers
import Experiments
import Foundation
import Homogenization
import Layers
import Symmetry
import Tensors
import Testing
import Training

/// The metamaterial study and its configurations, as small as they can be.
@Suite(.serialized) struct MetamaterialStudyTests {
  private static let tiny = MetamaterialStudySize(
    cells: 40, side: 16, epochs: 2, cosineEpochs: 2, channels: [8, 8], furtherSeeds: 1, ownSeeds: 1, efficiencySeeds: 1,
    subsets: [16])

  /// The published batches of 256 are more than the few cells of a test have.
  private static let yaml = """
    name: cells
    seed: 3
    data: {kind: metamaterials, side: 16, training: 24, test: 8, validateOnTest: true, augmentation: [flips, shifts]}
    model: {kind: elasticity-network, blocks: [{channels: 8, stride: 2}, {channels: 8}], head: 16}
    training: {epochs: 2, batchSize: 8, threads: 1}

    """

  @Test func experimentsOnCellsTrainEvaluateAndVerify() throws {
    try Samples.withFolder { folder in
      let experiment = try Experiment(yaml: Self.yaml, source: "cells.yaml")
      let cells = try experiment.configuration.data.loadCells(folder: nil)
      #expect(cells.training.count == 24 && cells.test.count == 8 && cells.validation.count == 8)
      #expect(cells.training.augmentation.steps.count == 3 && cells.test.augmentation == .none)
      let run = folder.appending(path: "run")
      let outcome = try experiment.train(cells: cells, output: run.path)
      let test = try #require(outcome.regression)
      #expect(outcome.test == nil && test.components.map(\.name) == ElasticityTensor.componentNames)
      #expect(FileManager.default.fileExists(atPath: run.appending(path: "test.json").path))
      let again = try Experiment(run: RunDirectory.open(at: run.path))
      #expect(again.resolved == experiment.resolved)

      let verification = try Verification(
        outcome.model, name: "cells", configuration: experiment.configuration)
      #expect(verification.holds && verification.group == "D4", "\(verification.latticeMaximum)")
      #expect(verification.network.latticeErrors.count == 8)
      #expect(try #require(verification.shifts).errors.count == 10)
    }
  }

  @Test(arguments: [
    "kind: metamaterial-cnn", "kind: metamaterial-circular-cnn", "kind: metamaterial-steerable-cnn, group: Flip",
    "kind: metamaterial-steerable-cnn, group: C4",
  ])
  func denseHeadsFailTheVerification(model: String) throws {
    let text = Self.yaml.replacing(
      "kind: elasticity-network, blocks: [{channels: 8, stride: 2}, {channels: 8}], head: 16", with: model)
    let experiment = try Experiment(yaml: text, source: "dense.yaml")
    let verification = try Verification(
      try experiment.makeModel(), name: "dense", configuration: experiment.configuration)
    #expect(!verification.holds)
    #expect(verification.network.latticeMaximum > 1e-3)
    #expect(try #require(verification.shifts).maximum > 1e-3)
    // The convolutions themselves keep what they promise.
    #expect(verification.layers.allSatisfy { $0.own.latticeMaximum < 1e-9 })
  }

  @Test func aTensorTurnsAsTheHomogenizerSays() throws {
    // The law of the network's output is the one that the data have.
    let generator = try MetamaterialGenerator(side: 16)
    let cell = try generator.cell(3, seed: 5)
    let tensor = try generator.homogenizer(cell)
    let space = GSpaceLaw.space
    for element in space.group.elements {
      let law = TensorLaw.matrix(space.planarMatrix(of: element))
      let expected = law.map { row in zip(row, tensor.components).reduce(0) { $0 + $1.0 * $1.1 } }
      let moved = try generator.homogenizer(GSpaceLaw.moved(cell, by: element))
      #expect(moved.distance(to: ElasticityTensor(components: expected)) < 1e-8, "\(element)")
    }
  }

  @Test func aStudyStopsGoesOnAndReports() throws {
    try Samples.withFolder { folder in
      let output = folder.appending(path: "study")
      var size = Self.tiny
      // Training as published drops batches of fewer than 256 cells; so few cells would leave none.
      size.batchSize = 8
      let stop = StopSignal()
      var notes: [String] = []
      let first = try MetamaterialStudy(output: output.path, size: size, seeds: 2)
      let stopped = try first.run(stop: stop) { line in
        notes.append(line)
        if line.hasPrefix("[3/") { stop.request() }
      }
      #expect(stopped == nil)
      let cells = try Data(contentsOf: output.appending(path: "cells.npz"))

      var rest: [String] = []
      let second = try MetamaterialStudy(output: output.path, size: size, seeds: 2)
      let findings = try #require(try second.run { rest.append($0) })
      #expect(!rest.contains { $0.hasPrefix("[1/") || $0.hasPrefix("[2/") }, "finished runs are not repeated")
      #expect(rest.contains { $0.hasPrefix("[3/") })
      #expect(try Data(contentsOf: output.appending(path: "cells.npz")) == cells)

      #expect(findings.line(.init(.plain))?.runs.count == 2)
      #expect(findings.line(.init(.elasticityD4))?.runs.count == 1)
      #expect(findings.line(.init(.plain))?.runs.first?.epochs.count == 2)
      #expect(findings.claims.count == 9 && findings.ownClaims.count == 4)
      #expect(findings.lines.allSatisfy { $0.error.mean.isFinite })
      let saved = try JSONDecoder().decode(
        MetamaterialStudyFindings.self, from: Data(contentsOf: output.appending(path: "results.json")))
      #expect(saved.lines.map(\.variant) == findings.lines.map(\.variant))
      let page = try String(contentsOf: output.appending(path: "report.html"), encoding: .utf8)
      #expect(page.contains("cyclic shifts") && page.contains(findings.verdict.verdict))
      #expect(!page.contains("src=\"http"))
      for name in [
        "learning_none", "learning_flip", "learning_rotation", "learning_shift", "sample_efficiency", "cells",
      ] {
        for ending in ["png", "svg"] {
          #expect(FileManager.default.fileExists(atPath: output.appending(path: "\(name).\(ending)").path), "\(name)")
        }
      }
      // Other settings are another study.
      size.epochs = 3
      #expect(throws: StudyError.self) { try MetamaterialStudy(output: output.path, size: size, seeds: 2) }
    }
  }

  @Test func claimsAreJudgedByIntervals() throws {
    func run(_ seed: Int, _ error: Double) -> MetamaterialStudyRun {
      var sums = RegressionEvaluation.Sums(names: ["a"])
      sums.add(predictions: [error.squareRoot(), 1], targets: [0, 1])
      return MetamaterialStudyRun(
        seed: seed, parameters: 1, test: RegressionEvaluation(sums),
        epochs: (1...4).map { .init(epoch: $0, training: error, test: error / Double($0)) }, seconds: 1)
    }
    func findings(_ flip: [Double]) -> MetamaterialStudyFindings {
      let plain = [1.0, 1.2, 0.9, 1.1].enumerated().map { run($0.offset, $0.element) }
      return MetamaterialStudyFindings(
        lines: [
          .init(variant: .init(.plain, .flip), runs: plain),
          .init(variant: .init(.flip, .flip), runs: flip.enumerated().map { run($0.offset, $0.element) }),
        ], trainingCells: 1, testCells: 1)
    }
    #expect(findings([0.5, 0.6, 0.45, 0.5]).claims.map(\.verdict) == ["confirmed", "confirmed"])
    #expect(findings([2, 2.5, 1.8, 2.1]).claims.map(\.verdict) == ["refuted", "refuted"])
    #expect(findings([1.1, 1.1, 0.85, 1.15]).claims.map(\.verdict) == ["undecided", "undecided"])
    #expect(findings([1.1]).claims.first?.evidence.contains("one run") == true)
    #expect(findings([2, 2.5, 1.8, 2.1]).verdict.holds == false)
  }

  @Test(arguments: [
    ("side: 16", "side: 4", "data.side"), ("[flips, shifts]", "[flips, flips]", "twice"),
    ("[flips, shifts]", "[mirror]", "augmentation"),
    ("channels: 8, stride: 2", "channels: 12, stride: 2", "multiple of 8"),
    ("stride: 2", "stride: 3", "strides"), ("head: 16", "head: 12", "multiple of 8"),
    ("kind: elasticity-network", "kind: elasticity-network, group: SO2", "group"),
    ("validateOnTest: true", "validateOnTest: true, validation: 4", "exclude each other"),
    ("training: 24", "training: 24, file: nowhere.npz", "nowhere.npz"),
  ])
  func badConfigurationsAreOneError(old: String, new: String, word: String) throws {
    try Samples.withFolder { folder in
      let text = Self.yaml.replacing(old, with: new)
      let run = folder.appending(path: "run")
      do {
        let experiment = try Experiment(yaml: text, source: "bad.yaml")
        _ = try experiment.train(folder: folder.path, output: run.path)
        Issue.record("\(new) was accepted")
      } catch {
        #expect("\(error)".contains(word), "\(error)")
      }
      #expect(!FileManager.default.fileExists(atPath: run.path))
    }
  }
}
