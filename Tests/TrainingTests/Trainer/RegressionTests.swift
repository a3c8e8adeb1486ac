import Datasets
import Foundation
import Layers
import Tensors
import Testing
import Training

/// Bright spots whose place and strength are to be predicted; in training they are shifted, and the place with them.
struct Spots: PredictionImages {
  let name = "spots"
  let imageShape = ImageShape(height: 8, width: 8)
  let task = PredictionTask.quantities(["row", "column", "strength"])
  let places: [(row: Int, column: Int, strength: Float)]

  init(_ count: Int, seed: UInt64) {
    var rng = SeededGenerator(seed: seed)
    places = (0..<count).map { _ in
      (rng.integer(below: 8), rng.integer(below: 8), Float(rng.uniform(0.5, 1.5)))
    }
  }

  var count: Int { places.count }
  var targetsChecksum: UInt32 { places.reduce(7) { $0 &* 31 &+ UInt32($1.row * 8 + $1.column) } }

  func batch(_ indices: [Int]) -> ImageBatch { batch(indices.map { places[$0] }) }

  func trainingBatch(_ indices: [Int], seed: UInt64, epoch: Int) -> ImageBatch {
    batch(
      indices.map { index in
        var rng = SeededGenerator(seed: seed, stream: epoch, index)
        let place = places[index]
        return ((place.row + rng.integer(below: 8)) % 8, place.column, place.strength)
      })
  }

  private func batch(_ places: [(row: Int, column: Int, strength: Float)]) -> ImageBatch {
    var values: [Float] = []
    var targets: [Float] = []
    for place in places {
      var image = [Float](repeating: 0, count: 64)
      image[place.row * 8 + place.column] = place.strength
      values += image
      targets += [Float(place.row) / 8, Float(place.column) / 8, place.strength]
    }
    return ImageBatch(values: values, targets: .quantities(targets))
  }
}

/// A small network for spots, with a generator as part of its state.
private final class SpotNet: Module, Predictor {
  let conv: Conv2D
  let norm = BatchNorm2D(4)
  let dropout: Dropout
  let head: Linear

  init(seed: UInt64, outputs: Int = 3) {
    var rng = Generator(seed: seed)
    conv = Conv2D(from: 1, to: 4, kernelSize: 3, padding: 1, rng: &rng)
    dropout = Dropout(probability: 0.05, rng: &rng)
    head = Linear(from: 256, to: outputs, rng: &rng)
    super.init()
  }

  func callAsFunction(_ images: Tensor) -> Tensor {
    head(dropout(norm(conv(images)).relu().reshape([images.shape[0], 256])))
  }
}

@Suite(.serialized) struct RegressionTests {
  private var options: TrainingConfiguration {
    TrainingConfiguration(
      epochs: 3, batchSize: 16, optimizer: OptimizerOptions(kind: .adamw, learningRate: 0.01),
      schedule: ScheduleOptions(kind: .plateau, patience: 1), gradientClip: 1, checkpointEvery: 3, averageDecay: 0.9,
      keep: .best, threads: 1)
  }

  @discardableResult
  private func run(
    _ url: URL?, seed: UInt64 = 1, options: TrainingConfiguration? = nil, resume: Bool = false,
    stop: StopSignal = StopSignal(), onEvent: @escaping (TrainingEvent) -> Void = { _ in }
  ) throws -> (result: TrainingResult, model: SpotNet) {
    let model = SpotNet(seed: seed)
    let trainer = Trainer(
      model: model, configuration: options ?? self.options, seed: 11, output: OutputConfiguration(logEvery: 1),
      stop: stop, observers: [EventHandler(onEvent)])
    let folder = try url.map { try RunDirectory.prepare(at: $0.path, resume: resume) }
    return (try trainer.fit(Spots(120, seed: 1), validation: Spots(40, seed: 2), run: folder), model)
  }

  @Test(arguments: [[1], [8], [11], [3, 9, 16]])
  func aStoppedAndResumedRegressionEndsTheSame(steps: [Int]) throws {
    let folder = try TemporaryFolder()
    let reference = folder.url.appendingPathComponent("reference")
    try run(reference)
    let url = folder.url.appendingPathComponent("stopped")
    for (index, step) in steps.enumerated() {
      let stop = StopSignal()
      let (result, _) = try run(url, seed: UInt64(index + 1), resume: index > 0, stop: stop) { event in
        if case .step(let report) = event, report.step == step { stop.request() }
      }
      #expect(result.reason == .interrupted && result.steps == step)
    }
    #expect(try run(url, seed: 99, resume: true).result.reason == .completed)
    for name in ["weights.safetensors", "config.yaml"] {
      let bytes = try Data(contentsOf: url.appendingPathComponent(name))
      #expect(try bytes == Data(contentsOf: reference.appendingPathComponent(name)), "\(name) differs")
    }
    #expect(try metrics(url) == metrics(reference))
    let last = try Checkpoint.read(from: url.appendingPathComponent("checkpoints/last.safetensors"))
    let expected = try Checkpoint.read(from: reference.appendingPathComponent("checkpoints/last.safetensors"))
    #expect(last.difference(from: expected) == nil)
  }

  @Test func theLowestErrorIsBestAndNothingIsSaidOfAccuracy() throws {
    let folder = try TemporaryFolder()
    var losses: [Double] = []
    let (result, model) = try run(folder.url) { event in
      if case .epoch(let report) = event {
        losses.append(report.validationLoss ?? .nan)
        #expect(report.trainingAccuracy == nil && report.validationAccuracy == nil)
      }
    }
    #expect(losses.count == 3)
    #expect(result.bestMetric == losses.min())
    let evaluation = try #require(Evaluator().regression(model, on: Spots(40, seed: 2)))
    #expect(evaluation.meanSquaredError == result.bestMetric)
    let lines = try metrics(folder.url)
    #expect(lines.count == 24 + 3 + 1)
    #expect(lines.allSatisfy { line in !line.keys.contains { $0.lowercased().contains("accuracy") } })
  }

  @Test func aRegressionLearns() throws {
    var options = options
    options.epochs = 25
    let (_, model) = try run(nil, options: options)
    let test = try #require(Evaluator().regression(model, on: Spots(200, seed: 5)))
    // The variance of the quantities: of a place 21/256, of a strength 1/12.
    #expect(test.meanSquaredError < 0.5 * 0.08, "\(test)")
    #expect(try #require(test.explained) > 0.5)
  }

  @Test func errorsAndExplainedVarianceAreThoseOfTheFormulas() throws {
    var sums = RegressionEvaluation.Sums(names: ["a", "b"])
    sums.add(predictions: [1, 5, 2, 5], targets: [1, 5, 4, 5])
    sums.add(predictions: [6, 4], targets: [7, 5])
    let evaluation = RegressionEvaluation(sums)
    #expect(evaluation.count == 3)
    #expect(abs(evaluation.components[0].meanSquaredError - 5.0 / 3) < 1e-12)
    #expect(abs(evaluation.components[1].meanSquaredError - 1.0 / 3) < 1e-12)
    #expect(abs(evaluation.meanSquaredError - 1) < 1e-12)
    // The deviations of 1, 4, 7 from 4 are 3, 0 and 3.
    #expect(abs(try #require(evaluation.components[0].explained) - (1 - 5.0 / 18)) < 1e-12)
    #expect(evaluation.components[1].explained == nil)
    #expect(RegressionEvaluation(.init(names: ["a"])).meanSquaredError == 0)
  }

  @Test func optionsOfClassesAreRefused() throws {
    let cases: [(String, (inout TrainingConfiguration) -> Void)] = [
      ("training.augmentation", { $0.augmentation = AugmentationOptions(flips: true) }),
      ("training.labelSmoothing", { $0.labelSmoothing = 0.1 }),
      ("accuracy", { $0.earlyStopping = EarlyStoppingOptions(patience: 1, metric: .accuracy) }),
    ]
    for (word, change) in cases {
      var options = options
      change(&options)
      let error = #expect(throws: TrainingError.self) { try run(nil, options: options) }
      #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }
  }

  @Test func aNetworkWithOtherOutputsIsRefused() throws {
    let trainer = Trainer(model: SpotNet(seed: 1, outputs: 2), configuration: options, seed: 1)
    let error = #expect(throws: TrainingError.self) {
      try trainer.fit(Spots(32, seed: 1), validation: Spots(8, seed: 2))
    }
    #expect(error?.description.contains("3 quantities") == true)
  }

  @Test func classesAndQuantitiesDoNotMix() throws {
    let trainer = Trainer(model: SpotNet(seed: 1), configuration: options, seed: 1)
    let error = #expect(throws: TrainingError.self) {
      try trainer.fit(Spots(32, seed: 1), validation: stripes(8, seed: 2))
    }
    #expect(error?.description.contains("2 classes") == true && error?.description.contains("3 quantities") == true)
  }

  @Test func earlyStoppingWatchesTheLossByDefault() throws {
    var options = options
    options.epochs = 50
    options.averageDecay = nil
    options.optimizer.learningRate = 1e-9
    options.earlyStopping = EarlyStoppingOptions(patience: 2, minimumChange: 1)
    let (result, _) = try run(nil, options: options)
    #expect(result.reason == .stoppedEarly && result.epochs == 3)
  }
}
