public import Datasets
internal import Layers
public import Logging
internal import Optimizers
public import Tensors

/// Trains a network, with evaluation, checkpoints and records of what happened.
///
/// ```swift
/// let trainer = Trainer(model: network, configuration: TrainingConfiguration(epochs: 5), seed: 1)
/// let result = try trainer.fit(training, validation: validation, run: RunDirectory.prepare(at: "runs/first"))
/// ```
/// What is learned follows from the data: images with classes are learned by cross entropy, and the best weights are
/// those of the highest accuracy; images with quantities by the mean squared error, of which the lowest is best.
///
/// A run that was interrupted, or killed at any moment, and is resumed ends with the same weights bit for bit as one
/// that was not, on the same machine with the same number of threads: the order and the changes of the images derive
/// from the seed, the epoch and the index alone, and a checkpoint holds everything else. The exception is a time limit
/// (`TrainingConfiguration.minutes`), where the clock decides how many steps there are.
///
/// With a `team`, several processes share each batch and make the same steps, up to rounding, as one process with the
/// whole batch; a run may be resumed by another number of processes.
public final class Trainer<Model: Predictor> {
  /// The network; after `fit` it holds the kept weights.
  public let model: Model
  /// How to train.
  public let configuration: TrainingConfiguration
  /// The seed of the order of the images and of their changes.
  public let seed: UInt64
  /// Where the network is.
  public let device: Device
  /// What is subtracted from the images, and what they are divided by.
  public let normalization: ImageStatistics?
  /// What is written to the folder of the run besides checkpoints.
  public let output: OutputConfiguration
  /// The name of the experiment.
  public let name: String
  /// The complete settings of the run; a checkpoint of others is refused.
  public let settings: ConfigurationValue

  /// The processes that share each batch; nil for one alone.
  public let team: TrainingTeam?

  let logger: Logger
  let stop: StopSignal
  let clock: TrainingClock
  let observers: [any TrainingObserver]

  /// Brings together what a training needs.
  ///
  /// - Parameters:
  ///   - model: the network, already on `device`.
  ///   - configuration: how to train.
  ///   - seed: the seed of the order of the images and of their changes.
  ///   - normalization: what is subtracted from the images, and what they are divided by.
  ///   - device: where the network is.
  ///   - name: the name of the experiment.
  ///   - output: what is written besides checkpoints.
  ///   - settings: the complete settings, as `ConfigurationNode.resolved` gives them; nil takes `configuration`.
  ///   - logger: receives what happens; by default nothing is logged.
  ///   - stop: asks for the end of training; the step is finished and the state is saved.
  ///   - clock: the source of time.
  ///   - team: the processes that share each batch; each has a trainer like this one, of an equal network.
  ///   - observers: are told what happens, such as a progress bar.
  public init(
    model: Model, configuration: TrainingConfiguration, seed: UInt64, normalization: ImageStatistics? = nil,
    device: Device = .cpu, name: String = "training", output: OutputConfiguration = .init(),
    settings: ConfigurationValue? = nil,
    logger: Logger = Logger(label: "steerable.training") { _ in SwiftLogNoOpLogHandler() },
    stop: StopSignal = StopSignal(), clock: TrainingClock = .system, team: TrainingTeam? = nil,
    observers: [any TrainingObserver] = []
  ) {
    self.model = model
    self.configuration = configuration
    self.seed = seed
    self.normalization = normalization
    self.device = device
    self.name = name
    self.output = output
    self.settings =
      settings
      ?? .section([
        .init(key: "seed", value: .string(String(seed))), .init(key: "training", value: .init(encoding: configuration)),
      ])
    self.logger = logger
    self.stop = stop
    self.clock = clock
    self.team = team
    self.observers = observers
  }

  /// Trains until the epochs are done, the time is up, early stopping applies or a stop is asked for.
  ///
  /// - Parameters:
  ///   - training: the images to learn from.
  ///   - validation: the images to evaluate on; without any there is no best state and no early stopping.
  ///   - run: the folder to write to, which is created now; with `RunDirectory.isResumed`, training goes on from its
  ///     last checkpoint. Without a folder nothing is written.
  ///
  /// **Throws**: `TrainingError` for data that do not fit, a checkpoint of something else, a loss that is not finite,
  /// and files that cannot be written. A folder that was made for nothing is removed.
  public func fit(
    _ training: any PredictionImages, validation: (any PredictionImages)? = nil, run: RunDirectory? = nil
  ) throws(TrainingError) -> TrainingResult {
    let validation = validation.flatMap { $0.count > 0 ? $0 : nil }
    try check(training, validation)
    if let threads = configuration.threads { Torch.threads = max(1, threads / (team?.localSize ?? 1)) }
    let wasDeterministic = Torch.isDeterministic
    if device != .cpu { Torch.setDeterministic(true) }
    defer { if device != .cpu { Torch.setDeterministic(wasDeterministic) } }
    let session = try TrainingSession(self, training: training, validation: validation, run: run)
    return try session.train()
  }

  func notify(_ event: TrainingEvent) {
    for observer in observers { observer.receive(event) }
  }

  private func check(
    _ training: any PredictionImages, _ validation: (any PredictionImages)?
  ) throws(TrainingError) {
    guard training.count > 0 else { throw .data("there are no training images") }
    if configuration.dropLast, configuration.batchSize > training.count {
      throw .data(
        "\(training.count) training images do not fill one batch of \(configuration.batchSize), and dropLast leaves "
          + "out the rest; lower training.batchSize")
    }
    try checkShares(of: training.count)
    if case .quantities = training.task { try checkRegression(of: training.name) }
    guard let validation else {
      if configuration.earlyStopping != nil {
        throw .data("training.earlyStopping needs validation images, and there are none")
      }
      if configuration.keep == .best { throw .data("training.keep: best needs validation images, and there are none") }
      return
    }
    guard validation.imageShape == training.imageShape, validation.task == training.task else {
      throw .data(
        "the validation images (\(validation.imageShape), \(Self.kind(validation))) differ in kind from "
          + "the training images (\(training.imageShape), \(Self.kind(training)))")
    }
  }

  /// Every process needs an image of each batch.
  private func checkShares(of images: Int) throws(TrainingError) {
    guard let team else { return }
    let size = configuration.batchSize
    let last = configuration.dropLast ? size : images % size
    let smallest = last == 0 ? min(size, images) : last
    guard smallest < team.size else { return }
    throw .data(
      "\(images) training images in batches of \(size) leave a batch of \(smallest) for \(team.size) processes, and "
        + "each needs an image; start fewer processes, change training.batchSize or set training.dropLast: true")
  }

  private static func kind(_ images: any PredictionImages) -> String {
    switch images.task {
    case .classes(let names): "\(names.count) classes"
    case .quantities(let names): "\(names.count) quantities"
    }
  }

  /// Options that have no meaning for quantities, or would change images but not the quantities with them.
  private func checkRegression(of name: String) throws(TrainingError) {
    if !configuration.augmentation.isIdentity {
      throw .data(
        "training.augmentation changes images alone, and the quantities of \(name) change with them; "
          + "leave it out and set data.augmentation")
    }
    if configuration.labelSmoothing > 0 {
      throw .data("training.labelSmoothing belongs to classes; \(name) has quantities")
    }
    if configuration.earlyStopping?.metric == .accuracy {
      throw .data("training.earlyStopping.metric: accuracy belongs to classes; \(name) has quantities, watch the loss")
    }
  }
}
