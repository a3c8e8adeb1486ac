public import Training

/// What one training of the radio-galaxy study gave: `result.json` of its folder.
public struct RadioGalaxyRun: Codable, Hashable, Sendable {
  /// The name of the network, as on the command line.
  public let network: String
  /// The seed of weights, order and rotations.
  public let seed: Int
  /// The numbers that are trained.
  public let parameters: Int
  /// The seconds of training, testing and the rotation test.
  public let seconds: Double
  /// The best validation accuracy of all epochs.
  public let bestValidation: Double
  /// The test images, without dropout.
  public let test: Evaluation
  /// The test images by the mean of many passes with dropout.
  public let monteCarlo: Evaluation
  /// The accuracy of the last of these passes alone, as the published code computed it.
  public let lastPassAccuracy: Double
  /// The mean accuracy over the test images turned to twelve angles.
  public let rotatedAccuracy: Double
  /// The mean overlap index over test images and angles.
  public let meanOverlap: Double

  /// How many test images of a class were told to be of the other.
  public func errors(ofClass label: Int) -> Int {
    test.confusion[label].reduce(0, +) - test.confusion[label][label]
  }
}
