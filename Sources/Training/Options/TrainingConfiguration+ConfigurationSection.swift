extension TrainingConfiguration: ConfigurationSection {
  /// Far beyond any use, and far from overflow in products of counts.
  static let most = 1_000_000_000

  /// Reads the `training` section.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init()
    minutes = try node.optionalDouble("minutes", in: .moreThan(0))
    epochs = try node.optionalInt("epochs", in: .atLeast(1))
    if minutes != nil, epochs != nil {
      throw node.invalid("minutes", "and \(node.join("epochs")) exclude each other; give one of them")
    }
    if minutes == nil { epochs = try node.int("epochs", default: 10, in: .atLeast(1)) }
    batchSize = try node.int("batchSize", default: batchSize, in: .atLeast(1))
    accumulate = try node.int("accumulate", default: accumulate, in: .atLeast(1))
    if accumulate > batchSize {
      throw node.invalid("accumulate", "must be at most the batchSize of \(batchSize), found \(accumulate)")
    }
    recompute = try node.bool("recompute", default: recompute)
    shuffle = try node.bool("shuffle", default: shuffle)
    dropLast = try node.bool("dropLast", default: dropLast)
    optimizer = try OptimizerOptions(node.section("optimizer"))
    schedule = try ScheduleOptions(node.section("schedule"))
    if minutes != nil, !schedule.kind.fitsTimeLimit {
      throw node.invalid("minutes", "fits only the schedules constant and cosine, not \(schedule.kind.rawValue)")
    }
    for (key, value) in [("epochs", epochs ?? 0), ("batchSize", batchSize)] where value > Self.most {
      throw node.invalid(key, "must be at most \(Self.most), found \(value)")
    }
    if let epochs, schedule.warmupEpochs >= epochs, schedule.warmupEpochs > 0 {
      throw node.invalid("schedule", "has \(schedule.warmupEpochs) warmupEpochs, which leaves none of \(epochs) epochs")
    }
    gradientClip = try node.optionalDouble("gradientClip", in: .moreThan(0))
    precision = try node.choice("precision", default: precision)
    labelSmoothing = try node.double("labelSmoothing", default: labelSmoothing, in: .from(0, below: 1))
    augmentation = try AugmentationOptions(node.section("augmentation"))
    earlyStopping = try node.optionalSection("earlyStopping").map { section throws(ConfigurationError) in
      try EarlyStoppingOptions(section)
    }
    evaluateEvery = try node.int("evaluateEvery", default: evaluateEvery, in: .atLeast(1))
    checkpointEvery = try node.optionalInt("checkpointEvery", in: .atLeast(1))
    averageDecay = try node.optionalDouble("averageDecay", in: .from(0, below: 1))
    keep = try node.choice("keep", default: keep)
    threads = try node.optionalInt("threads", in: .within(1...1024))
  }
}
