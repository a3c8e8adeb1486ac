/// How the learning rate changes: the `training.schedule` section.
public struct ScheduleOptions: Codable, Hashable, Sendable {
  /// The schedules that a configuration file can name.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// The same rate throughout.
    case constant
    /// Multiplied by `factor` every `every` epochs.
    case step
    /// Multiplied by `factor` after each of the `milestones`.
    case milestones
    /// Multiplied by `factor` when the validation loss has not improved for `patience` evaluations.
    case plateau
    /// Half a cosine from the full rate to `minimum` times the rate at the end of the run.
    case cosine
    /// Multiplied by `factor` after each epoch, once `after` epochs have passed.
    case exponential

    /// Whether the schedule can follow elapsed time instead of epochs.
    var fitsTimeLimit: Bool { self == .constant || self == .cosine }
  }

  /// The schedule.
  public var kind: Kind
  /// The factor of `step`, `milestones`, `plateau` and `exponential`.
  public var factor: Double
  /// Epochs between the changes of `step`.
  public var every: Int
  /// The numbers of epochs after which `milestones` changes the rate.
  public var milestones: [Int]
  /// The evaluations without improvement that `plateau` waits for.
  public var patience: Int
  /// The share of the best loss by which `plateau` wants it to be surpassed.
  public var threshold: Double
  /// The change of the rate below which `plateau` leaves it as it is.
  public var smallestChange: Double
  /// The epochs that `exponential` waits for.
  public var after: Int
  /// The smallest share of the full rate that `plateau` and `cosine` reach.
  public var minimum: Double
  /// Epochs over which the rate rises linearly.
  public var warmupEpochs: Int

  /// Creates options.
  public init(
    kind: Kind = .constant, factor: Double = 0.1, every: Int = 10, milestones: [Int] = [], patience: Int = 5,
    threshold: Double = 1e-4, smallestChange: Double = 0, after: Int = 0, minimum: Double = 0, warmupEpochs: Int = 0
  ) {
    self.kind = kind
    self.factor = factor
    self.every = every
    self.milestones = milestones
    self.patience = patience
    self.threshold = threshold
    self.smallestChange = smallestChange
    self.after = after
    self.minimum = minimum
    self.warmupEpochs = warmupEpochs
  }
}

extension ScheduleOptions: ConfigurationSection {
  /// Reads the `training.schedule` section; keys of another kind are unknown keys.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init()
    kind = try node.choice("kind", default: kind)
    switch kind {
    case .constant: break
    case .step:
      factor = try node.double("factor", default: factor, in: .inside(0, 1))
      every = try node.int("every", default: every, in: .atLeast(1))
    case .milestones:
      factor = try node.double("factor", default: factor, in: .inside(0, 1))
      milestones = try node.ints("milestones", in: .within(1...TrainingConfiguration.most))
      guard !milestones.isEmpty, zip(milestones, milestones.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw node.invalid(
          "milestones", "must be ascending numbers of epochs, as in [60, 120, 160], found \(milestones)")
      }
    case .plateau:
      factor = try node.double("factor", default: factor, in: .inside(0, 1))
      patience = try node.int("patience", default: patience, in: .atLeast(0))
      threshold = try node.double("threshold", default: threshold, in: .from(0, below: 1))
      smallestChange = try node.double("smallestChange", default: smallestChange, in: .atLeast(0))
      minimum = try node.double("minimum", default: minimum, in: .from(0, below: 1))
    case .cosine:
      minimum = try node.double("minimum", default: minimum, in: .from(0, below: 1))
    case .exponential:
      factor = try node.double("factor", default: 0.8, in: .moreThan(0))
      after = try node.int("after", default: after, in: .atLeast(0))
    }
    warmupEpochs = try node.int("warmupEpochs", default: warmupEpochs, in: .atLeast(0))
    let most = TrainingConfiguration.most
    for (key, value) in [("every", every), ("after", after), ("warmupEpochs", warmupEpochs)] where value > most {
      throw node.invalid(key, "must be at most \(most), found \(value)")
    }
  }
}
