/// What lies ahead when training begins.
public struct TrainingPlan: Codable, Hashable, Sendable {
  /// The number of epochs; nil when time limits the run.
  public let epochs: Int?
  /// The time limit in seconds; nil when the number of epochs limits the run.
  public let seconds: Double?
  /// Steps in an epoch.
  public let stepsPerEpoch: Int
  /// Training images in an epoch.
  public let images: Int
  /// The steps already done, when a checkpoint is continued.
  public let completedSteps: Int

  /// Creates a plan.
  public init(epochs: Int?, seconds: Double?, stepsPerEpoch: Int, images: Int, completedSteps: Int) {
    self.epochs = epochs
    self.seconds = seconds
    self.stepsPerEpoch = stepsPerEpoch
    self.images = images
    self.completedSteps = completedSteps
  }
}
