/// A data set divided into the parts that an experiment uses.
public struct DatasetSplits: Hashable, Sendable {
  /// The images that a network learns from.
  public let training: ImageDataset
  /// The images that choose among networks and stop the training; may be empty.
  public let validation: ImageDataset
  /// The images that only the final numbers come from.
  public let test: ImageDataset

  /// Creates the division.
  public init(training: ImageDataset, validation: ImageDataset, test: ImageDataset) {
    self.training = training
    self.validation = validation
    self.test = test
  }
}
