/// When to stop before the last epoch: the `training.earlyStopping` section.
public struct EarlyStoppingOptions: Codable, Hashable, Sendable {
  /// The evaluations without improvement after which training stops.
  public var patience: Int
  /// The validation metric to watch; nil for the accuracy of classes and the loss of quantities.
  public var metric: WatchedMetric?
  /// The smallest change that counts as an improvement.
  public var minimumChange: Double

  /// Creates options.
  public init(patience: Int, metric: WatchedMetric? = nil, minimumChange: Double = 0) {
    self.patience = patience
    self.metric = metric
    self.minimumChange = minimumChange
  }
}

extension EarlyStoppingOptions: ConfigurationSection {
  /// Reads the `training.earlyStopping` section.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init(
      patience: try node.int("patience", in: .atLeast(1)),
      metric: try node.optionalString("metric", oneOf: WatchedMetric.allCases.map(\.rawValue))
        .flatMap { WatchedMetric(rawValue: $0) },
      minimumChange: try node.double("minimumChange", default: 0, in: .atLeast(0)))
  }
}
