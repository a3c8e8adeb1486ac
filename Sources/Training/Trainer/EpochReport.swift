/// The outcome of one epoch.
public struct EpochReport: Codable, Hashable, Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The steps done since the beginning.
  public let step: Int
  /// The mean loss of the training images while they were learned from.
  public let trainingLoss: Double
  /// The share of training images predicted correctly while they were learned from; nil where quantities are
  /// predicted.
  public let trainingAccuracy: Double?
  /// The mean loss of the validation images; nil if they were not due.
  public let validationLoss: Double?
  /// The share of validation images predicted correctly; nil if they were not due, and where quantities are
  /// predicted.
  public let validationAccuracy: Double?
  /// Whether the validation is the best so far.
  public let isBest: Bool
  /// The learning rate of the last step.
  public let learningRate: Double
  /// The time spent on the epoch, in seconds, by all processes that worked on it.
  public let seconds: Double

  /// Creates a report.
  public init(
    epoch: Int, step: Int, trainingLoss: Double, trainingAccuracy: Double?, validationLoss: Double?,
    validationAccuracy: Double?, isBest: Bool, learningRate: Double, seconds: Double
  ) {
    self.epoch = epoch
    self.step = step
    self.trainingLoss = trainingLoss
    self.trainingAccuracy = trainingAccuracy
    self.validationLoss = validationLoss
    self.validationAccuracy = validationAccuracy
    self.isBest = isBest
    self.learningRate = learningRate
    self.seconds = seconds
  }
}
