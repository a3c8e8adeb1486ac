import Datasets
import Foundation
import Layers
import Testing
import Training

/// A run of 3 epochs of 8 steps that may be stopped, or copied as a killed process would have left it, at a step.
private struct Scenario {
  let training: ImageDataset
  let validation: ImageDataset
  let options: TrainingConfiguration

  init(_ options: TrainingConfiguration = eventfulOptions()) throws {
    training = try stripes(120, seed: 1)
    validation = try stripes(32, seed: 2)
    self.options = options
  }

  @discardableResult
  func run(
    _ url: URL, modelSeed: UInt64 = 1, resume: Bool = false, stop: StopSignal = StopSignal(),
    onEvent: @escaping (TrainingEvent) -> Void = { _ in }
  ) throws -> (result: TrainingResult, model: StripeNet) {
    let model = StripeNet(seed: modelSeed)
    let trainer = Trainer(
      model: model, configuration: options, seed: 11, normalization: training.statistics,
      output: OutputConfiguration(logEvery: 1), stop: stop, observers: [EventHandler(onEvent)])
    let result = try trainer.fit(
      training, validation: validation, run: RunDirectory.prepare(at: url.path, resume: resume))
    return (result, model)
  }
}

@Suite(.serialized) struct ResumeTests {
  /// Everything that must be equal after an interruption.
  private func expectSame(_ folder: URL, as reference: URL) throws {
    for name in ["weights.safetensors", "config.yaml"] {
      let (ours, theirs) = (folder.appendingPathComponent(name), reference.appendingPathComponent(name))
      #expect(try Data(contentsOf: ours) == Data(contentsOf: theirs), "\(name) differs")
    }
    #expect(try metrics(folder) == metrics(reference))
    let last = try Checkpoint.read(from: folder.appendingPathComponent("checkpoints/last.safetensors"))
    let expected = try Checkpoint.read(from: reference.appendingPathComponent("checkpoints/last.safetensors"))
    #expect(last.difference(from: expected) == nil)
    let events = try RunDirectory.open(at: folder.path).events
    let expectedEvents = try RunDirectory.open(at: reference.path).events
    #expect(try records(events).count == records(expectedEvents).count)
  }

  @Test(arguments: [[1], [7], [8], [9], [23], [24], [2, 5, 8, 16]])
  func stoppedAndResumedRunEndsTheSame(steps: [Int]) throws {
    let folder = try TemporaryFolder()
    let scenario = try Scenario()
    let reference = folder.url.appendingPathComponent("reference")
    try scenario.run(reference)

    let url = folder.url.appendingPathComponent("stopped")
    for (index, step) in steps.enumerated() {
      let stop = StopSignal()
      let (result, _) = try scenario.run(url, modelSeed: UInt64(index + 1), resume: index > 0, stop: stop) { event in
        if case .step(let report) = event, report.step == step { stop.request() }
      }
      #expect(result.reason == .interrupted && result.steps == step)
    }
    let (result, _) = try scenario.run(url, modelSeed: 99, resume: true)
    #expect(result.reason == .completed && result.steps == 24)
    try expectSame(url, as: reference)
  }

  @Test(arguments: [1, 3, 4, 8, 11, 20, 24])
  func killedAndResumedRunEndsTheSame(step: Int) throws {
    let folder = try TemporaryFolder()
    let scenario = try Scenario()
    let reference = folder.url.appendingPathComponent("reference")
    let url = folder.url.appendingPathComponent("killed")
    var copyError: (any Error)?
    try scenario.run(reference) { event in
      // What lies in the folder now is what a process that dies now leaves.
      guard case .step(let report) = event, report.step == step else { return }
      do { try FileManager.default.copyItem(at: reference, to: url) } catch { copyError = error }
    }
    #expect(copyError == nil)
    #expect(try metrics(url).count >= step)
    try Data("half".utf8).write(to: url.appendingPathComponent("checkpoints/.last.safetensors.999999-AB.partial"))
    try scenario.run(url, modelSeed: 99, resume: true)
    try expectSame(url, as: reference)
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path + "/checkpoints")
    #expect(names.sorted() == ["best.safetensors", "last.safetensors"])
  }

  @Test func killBetweenTheLastCheckpointAndTheWeightsIsMended() throws {
    let folder = try TemporaryFolder()
    let scenario = try Scenario(eventfulOptions(epochs: 1))
    try scenario.run(folder.url)
    let weights = folder.url.appendingPathComponent("weights.safetensors")
    let bytes = try Data(contentsOf: weights)
    try FileManager.default.removeItem(at: weights)
    try scenario.run(folder.url, modelSeed: 99, resume: true)
    #expect(try Data(contentsOf: weights) == bytes)
  }

  @Test func killBeforeTheFirstCheckpointStartsAnew() throws {
    let folder = try TemporaryFolder()
    let scenario = try Scenario(eventfulOptions(epochs: 1))
    let reference = folder.url.appendingPathComponent("reference")
    let url = folder.url.appendingPathComponent("killed")
    try scenario.run(reference)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: reference.appendingPathComponent("manifest.json"), to: url.appendingPathComponent("manifest.json"))
    try scenario.run(url, resume: true)
    try expectSame(url, as: reference)
  }

  @Test func bestWeightsAreKept() throws {
    let folder = try TemporaryFolder()
    var options = eventfulOptions()
    options.keep = .best
    let (result, model) = try Scenario(options).run(folder.url)
    let best = StripeNet(seed: 5)
    try Weights.load(from: folder.url.appendingPathComponent("checkpoints/best.safetensors"), into: best)
    #expect(best.stateDict().isIdentical(to: model.stateDict()))
    let kept = StripeNet(seed: 6)
    try Weights.load(from: folder.url.appendingPathComponent("weights.safetensors"), into: kept)
    #expect(kept.stateDict().isIdentical(to: model.stateDict()))
    let scenario = try Scenario(options)
    let evaluator = Evaluator(normalization: scenario.training.statistics)
    #expect(evaluator.evaluate(model, on: scenario.validation)?.accuracy == result.bestMetric)
  }
}
