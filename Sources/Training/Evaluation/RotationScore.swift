/// How well a network classifies a data set turned by one angle.
public struct RotationScore: Codable, Hashable, Sendable {
  /// The angle in degrees, counter-clockwise.
  public let degrees: Double
  /// The share of images predicted correctly.
  public let accuracy: Double
  /// The mean cross entropy.
  public let loss: Double

  /// Creates a score.
  public init(degrees: Double, accuracy: Double, loss: Double) {
    self.degrees = degrees
    self.accuracy = accuracy
    self.loss = loss
  }
}
