/// A data set divided into the parts that an experiment uses.
public struct Splits<Images: PredictionImages>: Sendable {
  /// The images that a network learns from.
  public let training: Images
  /// The images that choose among networks and stop the training; may be empty.
  public let validation: Images
  /// The images that only the final numbers come from.
  public let test: Images

  /// Creates the division.
  public init(training: Images, validation: Images, test: Images) {
    self.training = training
    self.validation = validation
    self.test = test
  }
}

extension Splits: Equatable where Images: Equatable {}
extension Splits: Hashable where Images: Hashable {}

/// A division of labeled images.
public typealias DatasetSplits = Splits<ImageDataset>
