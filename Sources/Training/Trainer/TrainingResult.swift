/// How a training ended.
public struct TrainingResult: Codable, Hashable, Sendable {
  /// Why training ended.
  public enum Reason: String, Codable, Hashable, Sendable {
    /// All epochs are done, or the time is up.
    case completed
    /// The validation metric has not improved for long enough.
    case stoppedEarly
    /// A stop was asked for; the run can be resumed.
    case interrupted
  }

  /// Why training ended.
  public let reason: Reason
  /// The epochs completed.
  public let epochs: Int
  /// The steps done.
  public let steps: Int
  /// The best value of the watched validation metric.
  public let bestMetric: Double?
  /// The epoch, from 1, that had the best value.
  public let bestEpoch: Int?
  /// The last epoch's report.
  public let lastEpoch: EpochReport?
  /// The time spent training, in seconds, over all processes that worked on the run.
  public let seconds: Double

  /// Creates a result.
  public init(
    reason: Reason, epochs: Int, steps: Int, bestMetric: Double?, bestEpoch: Int?, lastEpoch: EpochReport?,
    seconds: Double
  ) {
    self.reason = reason
    self.epochs = epochs
    self.steps = steps
    self.bestMetric = bestMetric
    self.bestEpoch = bestEpoch
    self.lastEpoch = lastEpoch
    self.seconds = seconds
  }
}
