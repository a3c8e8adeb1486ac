/// Where the reading of a data set stands; with it, a resumed run continues with the very next batch.
public struct BatchPosition: Hashable, Codable, Sendable {
  /// The number of completed epochs.
  public var epoch: Int
  /// The number of batches of the current epoch that have been read.
  public var batch: Int
  /// The state of the random choices: order and augmentation follow from it together with the epoch.
  public var generatorState: UInt64

  /// Creates a position.
  public init(epoch: Int = 0, batch: Int = 0, generatorState: UInt64) {
    self.epoch = epoch
    self.batch = batch
    self.generatorState = generatorState
  }
}
