/// The order in which the images of a data set are visited, in batches, epoch after epoch.
///
/// The order of each epoch follows from the seed and the number of the epoch, so a position of three numbers restores
/// it exactly.
public struct Batches: Sendable {
  /// The images of one batch.
  public struct Indices: Hashable, Sendable {
    /// The epoch, from 0.
    public let epoch: Int
    /// The number of the batch in its epoch, from 0.
    public let batch: Int
    /// The images.
    public let indices: [Int]
  }

  /// The number of images.
  public let count: Int
  /// The number of images of a batch; the last of an epoch may have fewer.
  public let batchSize: Int
  /// Whether each epoch has a new random order.
  public let isShuffled: Bool
  /// Whether a last batch with fewer images is left out.
  public let dropsLast: Bool
  /// The batch that `next()` returns next.
  public private(set) var position: BatchPosition
  private var currentOrder: (epoch: Int, indices: [Int])?

  /// Creates the visiting order of `count` images.
  ///
  /// **Traps**: if there is no image, the batch size is not positive, or all batches would be left out.
  public init(count: Int, batchSize: Int, isShuffled: Bool = true, dropsLast: Bool = false, seed: UInt64) {
    precondition(
      count > 0 && batchSize > 0 && (!dropsLast || batchSize <= count),
      "Batches: \(count) images in batches of \(batchSize)\(dropsLast ? ", whole ones only" : ""); expected at least one batch"
    )
    self.count = count
    self.batchSize = batchSize
    self.isShuffled = isShuffled
    self.dropsLast = dropsLast
    position = BatchPosition(generatorState: seed)
  }

  /// The number of batches of each epoch.
  public var batchesPerEpoch: Int { dropsLast ? count / batchSize : count == 0 ? 0 : (count - 1) / batchSize + 1 }

  /// Returns the order of the images in an epoch.
  public func order(epoch: Int) -> [Int] {
    guard isShuffled else { return Array(0..<count) }
    var rng = SeededGenerator(seed: position.generatorState, stream: epoch)
    return rng.permutation(count)
  }

  /// Returns the next batch, or nil once at the end of each epoch; the call after that starts the next epoch.
  public mutating func next() -> Indices? {
    if position.batch >= batchesPerEpoch {
      position.epoch += 1
      position.batch = 0
      return nil
    }
    let order: [Int]
    if let currentOrder, currentOrder.epoch == position.epoch {
      order = currentOrder.indices
    } else {
      order = self.order(epoch: position.epoch)
      currentOrder = (position.epoch, order)
    }
    let start = position.batch * batchSize
    let indices = Array(order[start..<min(start + batchSize, count)])
    defer { position.batch += 1 }
    return Indices(epoch: position.epoch, batch: position.batch, indices: indices)
  }

  /// Continues at a position that was saved before.
  ///
  /// **Throws**: `DatasetError.invalid` if this data set has no such position.
  public mutating func restore(_ position: BatchPosition) throws(DatasetError) {
    guard position.epoch >= 0, (0...batchesPerEpoch).contains(position.batch) else {
      throw .invalid(
        "the saved position is batch \(position.batch) of epoch \(position.epoch), but an epoch has \(batchesPerEpoch) "
          + "batches; was the data set or the batch size changed?")
    }
    self.position = position
    currentOrder = nil
  }
}
