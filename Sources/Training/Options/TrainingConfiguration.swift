/// How to train: the `training` section of a configuration file.
public struct TrainingConfiguration: Codable, Hashable, Sendable {
  /// The number of passes over the training images; nil when `minutes` limits the run.
  public var epochs: Int?
  /// The wall-clock time to train for, in minutes; nil when `epochs` limits the run.
  ///
  /// A run limited by time is not repeatable bit for bit, resumed or not: how many steps fit depends on the machine.
  public var minutes: Double?
  /// Images per step.
  public var batchSize: Int
  /// The parts that each batch is worked on in, one after another, so that a large batch fits in memory.
  ///
  /// The step is that of the whole batch, but batch norm takes the statistics of each part, and moves its running ones
  /// after each, and dropout draws anew for each.
  public var accumulate: Int
  /// Whether the backward pass computes the activations inside of blocks again instead of keeping them; see
  /// `withRecomputation`.
  public var recompute: Bool
  /// Whether each epoch has an order of its own; the order derives from the seed and the epoch.
  public var shuffle: Bool
  /// Whether to leave out the last batch of an epoch when it is not full.
  public var dropLast: Bool
  /// The update rule.
  public var optimizer: OptimizerOptions
  /// How the learning rate changes.
  public var schedule: ScheduleOptions
  /// The largest norm of all gradients together; nil leaves them as they are.
  public var gradientClip: Double?
  /// The number format of the forward pass.
  public var precision: Precision
  /// The share of the target that is spread over all classes.
  public var labelSmoothing: Double
  /// Random changes of the training images.
  public var augmentation: AugmentationOptions
  /// When to stop before the last epoch; nil never.
  public var earlyStopping: EarlyStoppingOptions?
  /// Epochs between evaluations on the validation images.
  public var evaluateEvery: Int
  /// Steps between checkpoints within an epoch; nil writes them at the end of each epoch only.
  public var checkpointEvery: Int?
  /// The decay of the moving average of the weights; nil keeps none.
  public var averageDecay: Double?
  /// Which weights a finished run leaves.
  public var keep: KeptWeights
  /// The threads that tensor operations use; nil leaves the choice to the engine.
  public var threads: Int?

  /// Creates options; the defaults are those of a configuration file that leaves everything out.
  public init(
    epochs: Int? = 10, minutes: Double? = nil, batchSize: Int = 64, accumulate: Int = 1, recompute: Bool = false,
    shuffle: Bool = true, dropLast: Bool = false, optimizer: OptimizerOptions = .init(),
    schedule: ScheduleOptions = .init(),
    gradientClip: Double? = nil, precision: Precision = .float32, labelSmoothing: Double = 0,
    augmentation: AugmentationOptions = .init(),
    earlyStopping: EarlyStoppingOptions? = nil, evaluateEvery: Int = 1, checkpointEvery: Int? = nil,
    averageDecay: Double? = nil, keep: KeptWeights = .last, threads: Int? = nil
  ) {
    self.epochs = epochs
    self.minutes = minutes
    self.batchSize = batchSize
    self.accumulate = accumulate
    self.recompute = recompute
    self.shuffle = shuffle
    self.dropLast = dropLast
    self.optimizer = optimizer
    self.schedule = schedule
    self.gradientClip = gradientClip
    self.precision = precision
    self.labelSmoothing = labelSmoothing
    self.augmentation = augmentation
    self.earlyStopping = earlyStopping
    self.evaluateEvery = evaluateEvery
    self.checkpointEvery = checkpointEvery
    self.averageDecay = averageDecay
    self.keep = keep
    self.threads = threads
  }
}
