import Datasets
import Foundation
import Layers
import Tensors
import Testing
import Training

@Suite(.serialized) struct TrainerTests {
  @Test func smallNetworkLearnsStripes() throws {
    let model = StripeNet(seed: 1)
    var reports: [EpochReport] = []
    let observer = EventHandler { if case .epoch(let report) = $0 { reports.append(report) } }
    let trainer = Trainer(
      model: model,
      configuration: TrainingConfiguration(
        epochs: 8, batchSize: 16, optimizer: OptimizerOptions(learningRate: 0.02), threads: 1),
      seed: 1, observers: [observer])
    let validation = try stripes(64, seed: 2)
    let result = try trainer.fit(stripes(120, seed: 1), validation: validation)
    #expect(result.reason == .completed && result.epochs == 8 && result.steps == 64)
    #expect(reports.count == 8 && reports.last?.validationAccuracy == 1)
    #expect(result.bestMetric == 1)
    #expect(reports[7].trainingLoss < reports[0].trainingLoss / 2)
    #expect(Evaluator().evaluate(model, on: validation)?.accuracy == 1)
  }

  @Test(arguments: OptimizerOptions.Kind.allCases, Precision.allCases)
  func everyOptimizerAndPrecisionLowersTheLoss(kind: OptimizerOptions.Kind, precision: Precision) throws {
    var reports: [EpochReport] = []
    let trainer = Trainer(
      model: StripeNet(seed: 3),
      configuration: TrainingConfiguration(
        epochs: 3, batchSize: 16,
        optimizer: OptimizerOptions(
          kind: kind, learningRate: kind == .sgd ? 0.1 : 0.02, momentum: kind == .sgd ? 0.9 : 0),
        precision: precision, threads: 1),
      seed: 1, observers: [EventHandler { if case .epoch(let report) = $0 { reports.append(report) } }])
    _ = try trainer.fit(stripes(120, seed: 1))
    #expect(reports.count == 3 && reports[2].trainingLoss < reports[0].trainingLoss)
    #expect(reports[0].validationLoss == nil)
  }

  @Test func runLeavesAllItsFiles() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("runs/first")
    let model = StripeNet(seed: 1)
    let trainer = Trainer(
      model: model, configuration: eventfulOptions(epochs: 2), seed: 1, name: "stripes",
      output: OutputConfiguration(logEvery: 5, histograms: true))
    _ = try trainer.fit(
      stripes(120, seed: 1), validation: stripes(32, seed: 2), run: RunDirectory.prepare(at: url.path))
    let files = try contents(url).keys.sorted()
    #expect(
      files.filter { !$0.hasPrefix("events.out.tfevents.") } == [
        "checkpoints/best.safetensors", "checkpoints/last.safetensors", "config.yaml", "manifest.json",
        "metrics.jsonl", "weights.safetensors",
      ])
    let run = try RunDirectory.open(at: url.path)
    #expect(try records(run.events).count > 5)
    let lines = try metrics(url)
    #expect(lines.map { $0["kind"] } == ["step", "epoch", "step", "step", "epoch", "end"])
    #expect(lines[2]["step"] == "10" && lines[5]["reason"] == "completed")
    let manifest = try JSONDecoder().decode(RunManifest.self, from: Data(contentsOf: run.manifest))
    #expect(manifest.name == "stripes" && manifest.seed == 1 && manifest.threads == 1)

    let loaded = StripeNet(seed: 9)
    try run.loadWeights(into: loaded)
    #expect(loaded.stateDict().isIdentical(to: model.stateDict()))
    // A finished run that is resumed has nothing to do.
    let again = Trainer(
      model: StripeNet(seed: 5), configuration: eventfulOptions(epochs: 2), seed: 1, name: "stripes",
      output: OutputConfiguration(logEvery: 5))
    let result = try again.fit(
      stripes(120, seed: 1), validation: stripes(32, seed: 2), run: RunDirectory.prepare(at: url.path, resume: true))
    #expect(result.reason == .completed && result.steps == 16)
    #expect(try metrics(url) == lines)
    #expect(again.model.stateDict().isIdentical(to: model.stateDict()))
  }

  @Test func earlyStoppingWaitsForItsPatience() throws {
    let trainer = Trainer(
      model: StripeNet(seed: 1, hasNorm: false),
      configuration: TrainingConfiguration(
        epochs: 20, batchSize: 40, optimizer: OptimizerOptions(kind: .sgd, learningRate: 1e-30),
        earlyStopping: EarlyStoppingOptions(patience: 2, metric: .loss), threads: 1),
      seed: 1)
    let result = try trainer.fit(stripes(40, seed: 1), validation: stripes(32, seed: 2))
    #expect(result.reason == .stoppedEarly && result.epochs == 3 && result.bestEpoch == 1)
  }

  @Test func plateauLowersTheRate() throws {
    var rates: [Double] = []
    let trainer = Trainer(
      model: StripeNet(seed: 1, hasNorm: false),
      configuration: TrainingConfiguration(
        epochs: 5, batchSize: 40, optimizer: OptimizerOptions(kind: .sgd, learningRate: 1e-30),
        schedule: ScheduleOptions(kind: .plateau, factor: 0.5, patience: 0, minimum: 0.25), threads: 1),
      seed: 1, observers: [EventHandler { if case .epoch(let report) = $0 { rates.append(report.learningRate) } }])
    _ = try trainer.fit(stripes(40, seed: 1), validation: stripes(32, seed: 2))
    #expect(rates == [1e-30, 1e-30, 0.5e-30, 0.25e-30, 0.25e-30])
  }

  /// The shares of the full rate at the last steps of four epochs of three steps: 2, 5, 8 and 11 twelfths of a cosine.
  static let cosine: [Double] = [2, 5, 8, 11].map { (step: Double) -> Double in 0.5 + 0.5 * cos(.pi * step / 12) }

  static let schedules: [(options: ScheduleOptions, shares: [Double])] = [
    (ScheduleOptions(kind: .constant), [1, 1, 1, 1]),
    (ScheduleOptions(kind: .step, factor: 0.1, every: 2), [1, 1, 0.1, 0.1]),
    (ScheduleOptions(kind: .milestones, factor: 0.5, milestones: [1, 3]), [1, 0.5, 0.5, 0.25]),
    (ScheduleOptions(kind: .milestones, factor: 0.5, milestones: [2], warmupEpochs: 1), [0.75, 1, 0.5, 0.5]),
    (ScheduleOptions(kind: .exponential, factor: 0.5, after: 1), [1, 1, 0.5, 0.25]),
    (ScheduleOptions(kind: .constant, warmupEpochs: 1), [0.75, 1, 1, 1]),
    (ScheduleOptions(kind: .cosine), cosine),
    (ScheduleOptions(kind: .cosine, minimum: 0.2), cosine.map { 0.2 + 0.8 * $0 }),
  ]

  @Test(arguments: schedules)
  func schedulesSetTheRateOfEachEpoch(options: ScheduleOptions, expected: [Double]) throws {
    var rates: [Double] = []
    let trainer = Trainer(
      model: StripeNet(seed: 1),
      configuration: TrainingConfiguration(
        epochs: 4, batchSize: 16, optimizer: OptimizerOptions(kind: .sgd, learningRate: 1e-3), schedule: options,
        threads: 1),
      seed: 1, observers: [EventHandler { if case .epoch(let report) = $0 { rates.append(report.learningRate) } }])
    _ = try trainer.fit(stripes(48, seed: 1))
    #expect(rates.count == 4)
    for (rate, share) in zip(rates, expected) { #expect(abs(rate / 1e-3 - share) < 1e-12) }
  }

  @Test func timeLimitEndsTheRun() throws {
    let time = ManualClock()
    var rates: [Double] = []
    let observer = EventHandler {
      guard case .step(let report) = $0 else { return }
      rates.append(report.learningRate)
      time.now += 2
    }
    let trainer = Trainer(
      model: StripeNet(seed: 1),
      configuration: TrainingConfiguration(
        epochs: nil, minutes: 1, batchSize: 16, optimizer: OptimizerOptions(learningRate: 0.01),
        schedule: ScheduleOptions(kind: .cosine), threads: 1),
      seed: 1, clock: time.clock, observers: [observer])
    let result = try trainer.fit(stripes(120, seed: 1), validation: stripes(32, seed: 2))
    #expect(result.reason == .completed && result.steps == 30 && result.seconds == 60)
    #expect(rates.first == 0.01 && zip(rates, rates.dropFirst()).allSatisfy { $0 > $1 })
    #expect(abs((rates.last ?? 1) - 0.005 * (1 + cos(.pi * 58 / 60))) < 1e-12)
    #expect(result.lastEpoch?.epoch == 4)
  }

  @Test func divergenceNamesStepAndCheckpoint() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("run")
    let options = TrainingConfiguration(
      epochs: 2, batchSize: 16, optimizer: OptimizerOptions(kind: .sgd, learningRate: 1e30), threads: 1)
    let trainer = Trainer(model: StripeNet(seed: 1, hasNorm: false), configuration: options, seed: 1)
    let error = #expect(throws: TrainingError.self) {
      try trainer.fit(stripes(120, seed: 1), run: RunDirectory.prepare(at: url.path))
    }
    guard case .nonFiniteLoss(_, let epoch, let step, let checkpoint) = error else {
      Issue.record("unexpected error \(String(describing: error))")
      return
    }
    #expect(epoch == 1 && (2...4).contains(step))
    #expect(checkpoint == url.path + "/checkpoints/last.safetensors")
    #expect(error?.description.contains("at step \(step) (epoch 1); the last good checkpoint is \(url.path)") == true)
    // The named checkpoint is finite and can be loaded.
    let model = StripeNet(seed: 2, hasNorm: false)
    try Weights.load(from: URL(fileURLWithPath: checkpoint ?? ""), into: model)
    #expect(model.stateDict().isIdentical(to: StripeNet(seed: 1, hasNorm: false).stateDict()))
  }

  @Test(arguments: [nil, 1.0])
  func aStepWithoutFiniteGradientsIsNotMade(clip: Double?) throws {
    let model = RootNet()
    let before = model.stateDict()
    let trainer = Trainer(
      model: model, configuration: TrainingConfiguration(epochs: 1, batchSize: 16, gradientClip: clip, threads: 1),
      seed: 1)
    let error = #expect(throws: TrainingError.self) { try trainer.fit(stripes(32, seed: 1)) }
    #expect(error == .nonFiniteGradient(key: "offset", epoch: 1, step: 1, checkpoint: nil))
    let message = error?.description ?? ""
    #expect(message.hasPrefix("the gradient of offset is not finite at step 1 (epoch 1); there is no"), "\(message)")
    #expect(model.stateDict().isIdentical(to: before))
  }

  @Test(.enabled(if: Torch.isCUDAAvailable, "needs an NVIDIA accelerator"))
  func determinismEndsWithTheTraining() throws {
    let model = StripeNet(seed: 1)
    model.to(.cuda(0))
    let trainer = Trainer(
      model: model, configuration: TrainingConfiguration(epochs: 1, batchSize: 16), seed: 1, device: .cuda(0))
    _ = try trainer.fit(stripes(32, seed: 1))
    #expect(!Torch.isDeterministic)
  }

  @Test func unfitDataAreErrorsBeforeAnythingIsWritten() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("run")
    func message(_ options: TrainingConfiguration, _ training: ImageDataset, _ validation: ImageDataset?) -> String? {
      let trainer = Trainer(model: StripeNet(seed: 1), configuration: options, seed: 1)
      return #expect(throws: TrainingError.self) {
        try trainer.fit(training, validation: validation, run: RunDirectory.prepare(at: url.path))
      }?.description
    }
    let images = try stripes(10, seed: 1)
    #expect(message(TrainingConfiguration(), images.prefix(0), nil) == "there are no training images")
    #expect(
      message(TrainingConfiguration(dropLast: true), images, nil)
        == "10 training images do not fill one batch of 64, and dropLast leaves out the rest; lower training.batchSize")
    #expect(
      message(TrainingConfiguration(earlyStopping: EarlyStoppingOptions(patience: 1)), images, nil)
        == "training.earlyStopping needs validation images, and there are none")
    #expect(
      message(TrainingConfiguration(keep: .best), images, images.prefix(0))
        == "training.keep: best needs validation images, and there are none")
    #expect(
      message(TrainingConfiguration(), images, try stripes(4, seed: 1, size: 9))
        == "the validation images (1×9×9, 2 classes) differ in kind from the training images (1×8×8, 2 classes)")
    #expect(!FileManager.default.fileExists(atPath: url.path))
  }
}
