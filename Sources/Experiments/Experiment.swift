public import Datasets
internal import Foundation
internal import Layers
public import Logging
internal import PartialEquivariance
public import Tensors
public import Training

/// One configured experiment: a network, its data and how it is trained.
///
/// ```swift
/// let experiment = try Experiment(path: "Configs/demo/c8.yaml")
/// let outcome = try experiment.train(output: "runs/c8", observers: [ProgressBar()])
/// if let test = outcome.test { print("accuracy \(test.accuracy)") } else { print("interrupted") }
/// ```
public struct Experiment: Sendable {
  /// The settings of an experiment: data, model and training.
  public typealias Configuration = ExperimentConfiguration<DataConfiguration, ModelConfiguration>

  /// The settings.
  public let configuration: Configuration
  /// The complete settings with every default filled in, as they are written beside a run.
  public let resolved: ConfigurationValue

  /// Reads a YAML file, or an INI file of the original radio-galaxy study, and applies `key=value` overrides.
  ///
  /// **Throws**: `ConfigurationError`, with file and line or the override that does not fit.
  public init(path: String, overrides: [String] = []) throws(ConfigurationError) {
    guard let file = try INIFile.read(ifPossible: path) else {
      try self.init(ConfigurationNode.load(path: path, overrides: overrides))
      return
    }
    try self.init(
      ConfigurationNode.make(E2CNNRadGalConfiguration(file).settings, source: path, overrides: overrides))
  }

  /// Reads YAML text; `source` is the name that errors show.
  ///
  /// **Throws**: `ConfigurationError`, with the line.
  public init(yaml: String, source: String) throws(ConfigurationError) {
    try self.init(ConfigurationNode.parse(yaml: yaml, source: source))
  }

  private init(_ root: ConfigurationNode) throws(ConfigurationError) {
    configuration = try Configuration(root)
    resolved = root.resolved
    try configuration.model.check(imageShape: configuration.data.imageShape, in: root)
  }

  /// The experiment that a run was made with.
  public init(run: RunDirectory) throws(ConfigurationError) {
    try self.init(path: run.configuration.path)
  }

  /// A fresh network, initialized from the experiment's seed.
  ///
  /// **Throws**: `ModelError` when the layers do not fit the images.
  public func makeModel() throws -> any ImagePredictor {
    var rng = Generator(seed: configuration.seed)
    let data = configuration.data
    let model = try configuration.model.makeModel(
      imageShape: data.imageShape, classes: data.task.outputs, rng: &rng)
    try checkMemory(images: 1, numbers: featureCounts(of: model, images: 1).largest)
    if let partial = model as? PartialClassifier {
      let perEpoch = (data.training + configuration.training.batchSize - 1) / configuration.training.batchSize
      // The network counts passes, of which a step has one for each part.
      partial.network.trainingSteps =
        perEpoch * (configuration.training.epochs ?? 1) * configuration.training.accumulate
    }
    return model
  }

  /// What a training ended with.
  public struct Outcome {
    /// The trained network.
    public let model: any ImagePredictor
    /// How the training went.
    public let training: TrainingResult
    /// The score on the test images; nil when the training was interrupted, where quantities are predicted, and where
    /// another process tests.
    public let test: Evaluation?
    /// The errors on the test images; nil when the training was interrupted, and where classes are predicted.
    public let regression: RegressionEvaluation?
  }

  /// Trains a fresh network, tests it, and leaves a run folder.
  ///
  /// - Parameters:
  ///   - data: The images; nil loads them as the configuration says, from `folder`.
  ///   - folder: Where data files lie; nil looks at the environment variable `STEERABLE_DATA`.
  ///   - output: The folder of the run.
  ///   - resume: Goes on from the folder's last checkpoint.
  ///   - device: Where to compute.
  ///   - logger: Receives what happens; by default nothing is logged.
  ///   - stop: Asks for the end of training; the step is finished and the state is saved.
  ///   - team: The processes that share each batch; only its leader tests the network and writes files.
  ///   - observers: Are told what happens, such as a progress bar.
  ///
  /// **Throws**: what goes wrong with data, folder or training; a folder that was made for nothing is removed.
  public func train(
    data: DatasetSplits? = nil, folder: String? = nil, output: String, resume: Bool = false, device: Device = .cpu,
    logger: Logger = Logger(label: "steerable") { _ in SwiftLogNoOpLogHandler() }, stop: StopSignal = StopSignal(),
    team: TrainingTeam? = nil, observers: [any TrainingObserver] = []
  ) throws -> Outcome {
    if configuration.data.kind == .metamaterials, data == nil {
      return try train(
        cells: nil, folder: folder, output: output, resume: resume, device: device, logger: logger, stop: stop,
        team: team, observers: observers)
    }
    return try train(
      data, output: output, resume: resume, device: device, logger: logger, stop: stop, team: team, observers: observers
    ) {
      if let release = try configuration.data.release(folder: folder) {
        logger.info("data", metadata: ["release": "\(release)"])
      }
      return try configuration.data.load(folder: folder)
    }
  }

  /// Trains a fresh network on unit cells, tests it, and leaves a run folder; see the other `train`.
  public func train(
    cells: Splits<AugmentedCells>?, folder: String? = nil, output: String, resume: Bool = false, device: Device = .cpu,
    logger: Logger = Logger(label: "steerable") { _ in SwiftLogNoOpLogHandler() }, stop: StopSignal = StopSignal(),
    team: TrainingTeam? = nil, observers: [any TrainingObserver] = []
  ) throws -> Outcome {
    try train(
      cells, output: output, resume: resume, device: device, logger: logger, stop: stop, team: team,
      observers: observers
    ) { try configuration.data.loadCells(folder: folder) }
  }

  private func train<Images: PredictionImages>(
    _ data: Splits<Images>?, output: String, resume: Bool, device: Device, logger: Logger, stop: StopSignal,
    team: TrainingTeam?, observers: [any TrainingObserver], load: () throws -> Splits<Images>
  ) throws -> Outcome {
    let run = try RunDirectory.prepare(at: output, resume: resume)
    let model = try preparedModel(for: data, device: device, team: team)
    model.to(device)
    return try fit(
      model, data: data ?? load(), run: run, device: device, logger: logger, stop: stop, team: team,
      observers: observers)
  }

  /// A fresh network after everything that a training would be refused for before its first step: a network that does not fit
  /// the images, batches that cannot be divided, maps that do not fit the memory.
  ///
  /// - Parameter data: The images that it will be trained on; nil for the numbers of the configuration.
  ///
  /// **Throws**: `ModelError`.
  func preparedModel<Images: PredictionImages>(
    for data: Splits<Images>?, device: Device = .cpu, team: TrainingTeam? = nil
  ) throws -> any ImagePredictor {
    let model = try makeModel()
    try checkBatches(of: data?.training.count ?? configuration.data.training, processes: team?.size ?? 1)
    for part in [data?.training, data?.validation, data?.test] {
      guard let part, part.imageShape != model.imageShape else { continue }
      throw ModelError.otherImages(network: "\(model.imageShape)", data: "\(part.imageShape)")
    }
    if device == .cpu {
      let images = min(configuration.training.batchSize, data?.training.count ?? configuration.data.training)
      let batch = division(among: team?.size ?? 1).pieces(of: images).map(\.images.count).max() ?? 0
      let counts = featureCounts(of: model, images: batch)
      try checkMemory(images: batch, numbers: configuration.training.recompute ? counts.largest : counts.total)
    }
    return model
  }

  /// Batch norm needs two images a step.
  private func checkBatches(of images: Int, processes: Int) throws(ModelError) {
    let size = configuration.training.batchSize
    let smallest = images % size == 0 || (configuration.training.dropLast && images > size) ? size : images % size
    let parts = division(among: processes).pieces(of: smallest)
    if smallest > 1, parts.contains(where: { $0.part.count == 1 }) {
      throw ModelError.singleImageParts(images: smallest, parts: configuration.training.accumulate)
    }
    if smallest == 1 { throw .singleImage(training: images, batchSize: size) }
  }

  private func division(among processes: Int) -> BatchDivision {
    BatchDivision(parts: configuration.training.accumulate, ranks: processes)
  }

  private func featureCounts(of model: any ImagePredictor, images: Int) -> (total: Double, largest: Double) {
    let image = configuration.data.imageShape
    let side = configuration.model.inputSide
    return ModelMemory.featureCounts(
      model, input: [images, image.channels, side ?? image.height, side ?? image.width])
  }

  /// What is certain not to fit is refused now; the system would end the process without a word.
  private func checkMemory(images: Int, numbers: Double) throws(ModelError) {
    let needed = numbers * (configuration.training.precision == .bfloat16 ? 2 : 4)
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    guard needed <= available else {
      throw .tooManyFeatures(images: images, gigabytes: needed / 1e9, available: available / 1e9)
    }
  }

  private func fit<Model: ImagePredictor>(
    _ model: Model, data: Splits<some PredictionImages>, run: RunDirectory, device: Device, logger: Logger,
    stop: StopSignal, team: TrainingTeam?, observers: [any TrainingObserver]
  ) throws -> Outcome {
    let trainer = Trainer(
      model: model, configuration: configuration.training, seed: configuration.seed,
      normalization: configuration.data.statistics, device: device, name: configuration.name,
      output: configuration.output, settings: resolved, logger: logger, stop: stop,
      team: team, observers: observers)
    let result = try trainer.fit(data.training, validation: data.validation, run: run)
    // One process of a team tests.
    guard result.reason != .interrupted, team?.isLeader ?? true else {
      return Outcome(model: model, training: result, test: nil, regression: nil)
    }
    let evaluator = evaluator(device: device)
    let file = run.url.appending(path: "test.json")
    if let images = data.test as? ImageDataset {
      let test = evaluator.evaluate(model, on: images, shouldStop: { stop.isRequested })
      if let test { try write(test, to: file) }
      return Outcome(model: model, training: result, test: test, regression: nil)
    }
    let test = evaluator.regression(model, on: data.test, shouldStop: { stop.isRequested })
    if let test { try write(test, to: file) }
    return Outcome(model: model, training: result, test: nil, regression: test)
  }

  /// Evaluates in the precision of the training, on images that are normalized as there.
  public func evaluator(device: Device = .cpu) -> Evaluator {
    Evaluator(precision: configuration.training.precision, device: device, normalization: configuration.data.statistics)
  }
}
