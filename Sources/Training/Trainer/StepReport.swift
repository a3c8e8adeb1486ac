/// The outcome of one step.
public struct StepReport: Codable, Hashable, Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The steps done in this epoch.
  public let stepInEpoch: Int
  /// The steps done since the beginning.
  public let step: Int
  /// The images of the batch.
  public let images: Int
  /// The mean loss of the batch.
  public let loss: Double
  /// The share of the batch that was predicted correctly; nil where quantities are predicted.
  public let accuracy: Double?
  /// The learning rate of the step.
  public let learningRate: Double
  /// The share of the whole run that is done, 0 to 1.
  public let completed: Double

  /// Creates a report.
  public init(
    epoch: Int, stepInEpoch: Int, step: Int, images: Int, loss: Double, accuracy: Double?, learningRate: Double,
    completed: Double
  ) {
    self.epoch = epoch
    self.stepInEpoch = stepInEpoch
    self.step = step
    self.images = images
    self.loss = loss
    self.accuracy = accuracy
    self.learningRate = learningRate
    self.completed = completed
  }
}
