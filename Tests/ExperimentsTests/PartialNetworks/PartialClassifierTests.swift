import Datasets
import Experiments
import Foundation
import Layers
import Optimizers
import PartialEquivariance
import Tensors
import Testing
import Training

private final class StopAfterThreeSteps: TrainingObserver {
  let stop: StopSignal
  init(_ stop: StopSignal) { self.stop = stop }
  func receive(_ event: TrainingEvent) { if case .step(let report) = event, report.step == 3 { stop.request() } }
}

/// Networks of continuous group convolutions are trained, verified and resumed as all others are.
@Suite struct PartialClassifierTests {
  static let text = """
    name: tiny-partial
    data: {kind: mnist6-180}
    model:
      kind: ck-resnet
      hidden: 3
      widths: [1, 1]
      poolBlocks: [0, 1]
      group: {name: SE2, samples: 4, sampling: random, partial: true, perBatchElement: true}
      kernel: {kind: siren, hidden: 4, size: 3}
      losses: {kernelNorm: 0.01, monotonicity: 0.1}
      rates: {support: 0.05}
    training: {epochs: 2, batchSize: 8, optimizer: {learningRate: 0.01}, checkpointEvery: 1}
    """

  private func experiment(_ folder: URL, _ text: String = text) throws -> Experiment {
    let file = folder.appending(path: "experiment.yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return try Experiment(path: file.path)
  }

  private func data(_ count: Int = 32) throws -> DatasetSplits {
    var rng = Generator(seed: 8)
    func part(_ name: String) throws -> ImageDataset {
      try ImageDataset(
        name: name, images: Tensor.rand([count, 1, 28, 28], using: &rng).scalars(as: Float.self),
        labels: (0..<count).map { $0 % 2 }, classNames: MNIST6.Change.halfTurn.classNames,
        imageShape: ImageShape(height: 28, width: 28))
    }
    return DatasetSplits(training: try part("training"), validation: try part("validation"), test: try part("test"))
  }

  /// An interrupted and resumed run ends with the weights of an uninterrupted one, generators and steps included.
  @Test func runsResumeBitForBit() throws {
    try Samples.withFolder { folder in
      let experiment = try experiment(folder)
      let data = try data()
      let whole = try experiment.train(data: data, output: folder.appending(path: "whole").path)
      let stop = StopSignal()
      let path = folder.appending(path: "parts").path
      let part = try experiment.train(data: data, output: path, stop: stop, observers: [StopAfterThreeSteps(stop)])
      #expect(part.training.reason == .interrupted)
      let rest = try experiment.train(data: data, output: path, resume: true)
      #expect(rest.training.steps == whole.training.steps)
      let expected = whole.model.stateDict()
      for (key, value) in rest.model.stateDict() {
        #expect(value.maxAbsDifference(to: try #require(expected[key])) == 0, "\(key)")
      }
      #expect(rest.model.generatorStates == whole.model.generatorStates)
      #expect(expected["steps"]?.integer() == 8)
      // Tests of one network give one result.
      #expect(rest.test?.loss == whole.test?.loss)
    }
  }

  @Test func supportsHaveTheirOwnRate() throws {
    try Samples.withFolder { folder in
      let model = try #require(try experiment(folder).makeModel() as? PartialClassifier)
      let groups = model.parameterGroups(learningRate: 0.01)
      #expect(groups.count == 2)
      #expect(groups[1].parameters.count == 5)
      #expect(groups[1].parameters.allSatisfy { $0.key.hasSuffix("sampler.support") })
      #expect(abs(groups[1].learningRateFactor - 5) < 1e-9)
      #expect(groups.map(\.parameters.count).reduce(0, +) == model.parameters.count)
      #expect(model.supports.map(\.values) == Array(repeating: [1], count: 5))
    }
  }

  @Test(arguments: ["SE2, samples: 4", "E2, samples: 8"]) func fullNetworksAreVerified(_ group: String) throws {
    try Samples.withFolder { folder in
      let text = Self.text.replacing(
        "SE2, samples: 4, sampling: random, partial: true, perBatchElement: true", with: group)
      let experiment = try experiment(folder, text)
      let result = try Verification(experiment.makeModel(), name: "full", configuration: experiment.configuration)
      #expect(result.holds, "\(result.latticeMaximum)")
      #expect(result.group == (group.hasPrefix("SE2") ? "C4" : "D4"))
    }
  }

  @Test func aNarrowedNetworkFailsItsVerification() throws {
    try Samples.withFolder { folder in
      let experiment = try experiment(folder)
      let model = try #require(try experiment.makeModel() as? PartialClassifier)
      for sampler in model.network.learnedSamplers { sampler.support?.update { $0 * 0.2 } }
      let result = try Verification(model, name: "partial", configuration: experiment.configuration)
      #expect(!result.holds && result.latticeMaximum > 1e-4)
    }
  }

  /// A check of nothing does not hold.
  @Test(arguments: [
    ("ck-resnet", "SE2, samples: 1"), ("augerino-ck-resnet", "SE2, samples: 4, sampling: random"),
    ("augerino-gcnn", "E2, samples: 8, sampling: random"),
  ])
  func networksWithoutAGroupHaveNothingToVerify(_ kind: String, _ group: String) throws {
    try Samples.withFolder { folder in
      let learning = "  losses: {kernelNorm: 0.01, monotonicity: 0.1}\n  rates: {support: 0.05}\n"
      let text = Self.text.replacing(learning, with: "").replacing("ck-resnet", with: kind).replacing(
        "SE2, samples: 4, sampling: random, partial: true, perBatchElement: true", with: group)
      let experiment = try experiment(folder, text)
      let result = try Verification(experiment.makeModel(), name: "none", configuration: experiment.configuration)
      #expect(result.verdict == .nothingToVerify && !result.holds)
      #expect(result.absence?.hasPrefix("the network has no rotations or reflections") == true)
    }
  }

  /// With random elements in tests f(g·x) and g·f(x) are computed on different ones, which is said.
  @Test func randomTestsFailTheVerification() throws {
    try Samples.withFolder { folder in
      for (evaluation, holds) in [("fixed", true), ("random", false)] {
        let text = Self.text.replacing("partial: true, perBatchElement: true", with: "evaluation: \(evaluation)")
        let experiment = try experiment(folder, text)
        let result = try Verification(experiment.makeModel(), name: "full", configuration: experiment.configuration)
        #expect(result.holds == holds && result.absence == nil, "\(evaluation)")
        #expect((result.note?.contains("evaluation: random") == true) == !holds)
      }
    }
  }

  /// What layers have learned is recorded after each epoch.
  @Test func supportsAreRecorded() throws {
    try Samples.withFolder { folder in
      let output = folder.appending(path: "run")
      let outcome = try experiment(folder).train(data: data(), output: output.path)
      let model = try #require(outcome.model as? PartialClassifier)
      let names = ["blocks.0.conv1", "blocks.0.conv2", "blocks.1.conv1", "blocks.1.conv2", "last"]
      #expect(model.scalars.map(\.name) == names.map { "support/\($0)/width" })
      let run = try RunDirectory.open(at: output.path)
      let lines = try String(contentsOf: run.metrics, encoding: .utf8).split(separator: "\n")
      let epochs = lines.filter { $0.contains(#""kind":"epoch""#) }
      #expect(epochs.count == 2)
      for (name, value) in model.scalars {
        #expect(epochs.allSatisfy { $0.contains("\"\(name)\":") }, "\(name)")
        // Without validation of the weights that are kept, the last epoch's are the model's.
        #expect(epochs.last?.contains("\"\(name)\":\(value)") == true, "\(name)")
      }
      #expect(run.epochReports().map(\.epoch) == [1, 2])
      let events = try Data(contentsOf: run.events)
      #expect(events.range(of: Data("support/last/width".utf8)) != nil)
    }
  }

  @Test func exportsFixTheSamples() throws {
    try Samples.withFolder { folder in
      let model = try experiment(folder).makeModel()
      var rng = Generator(seed: 4)
      let images = Tensor.rand([3, 1, 28, 28], using: &rng)
      model.eval()
      let logits = withoutGradient { model(images) }
      let script = try torchScript(of: model.export())
      #expect(script(images).maxAbsDifference(to: logits) < 1e-5)
    }
  }
}
