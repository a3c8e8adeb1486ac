import Dispatch
import Foundation

/// Delivers batches in order while a background thread prepares the next ones.
///
/// The result does not depend on timing: every batch follows from the position alone. `next()` returns nil once at the end
/// of each epoch; the call after that starts the next epoch. Use it from one thread at a time.
public final class PrefetchingLoader: @unchecked Sendable {
  /// The images that are read.
  public let dataset: any PredictionImages
  /// The random changes of the images.
  public let augmentation: Augmentation
  /// What is subtracted and divided by after augmentation.
  public let normalization: ImageStatistics?
  /// Which images of each batch are read here, and in which parts.
  public let division: BatchDivision
  /// The number of batches that are prepared ahead; 0 prepares each when it is asked for.
  public let depth: Int

  private let condition = NSCondition()
  private let queue = DispatchQueue(label: "steerable.prefetch", qos: .userInitiated)
  // Guarded by `condition`. Each prepared item is a batch, or nil for the end of an epoch, with the position after it.
  private var prepared: [(batch: LoadedBatch?, after: BatchPosition)] = []
  private var producer: Batches
  private var consumerPosition: BatchPosition
  private var isPreparing = false
  private var generation = 0

  /// Creates a loader.
  ///
  /// **Traps**: unless `batches` visits as many images as `dataset` has; if `augmentation` would change images whose
  /// quantities are predicted, which it cannot change with them.
  public init(
    _ dataset: any PredictionImages, batches: Batches, augmentation: Augmentation = .none,
    normalization: ImageStatistics? = nil, division: BatchDivision = .none, depth: Int = 2
  ) {
    precondition(
      batches.count == dataset.count,
      "PrefetchingLoader: batches of \(batches.count) images for a data set of \(dataset.count)")
    if case .quantities = dataset.task {
      precondition(
        augmentation.steps.isEmpty,
        "PrefetchingLoader: an augmentation of images alone does not fit the quantities of \(dataset.name)")
    }
    self.dataset = dataset
    self.augmentation = augmentation
    self.normalization = normalization
    self.division = division
    self.depth = Swift.max(depth, 0)
    producer = batches
    consumerPosition = batches.position
  }

  /// The number of batches of each epoch.
  public var batchesPerEpoch: Int { condition.withLock { producer.batchesPerEpoch } }

  /// The batch that `next()` returns next; save it to resume.
  public var position: BatchPosition { condition.withLock { consumerPosition } }

  /// Continues at a position that was saved before.
  ///
  /// **Throws**: `DatasetError.invalid` if the data set has no such position.
  public func restore(_ position: BatchPosition) throws(DatasetError) {
    condition.lock()
    defer { condition.unlock() }
    try producer.restore(position)
    consumerPosition = position
    prepared.removeAll()
    generation += 1
  }

  /// Returns the next batch, or nil once at the end of each epoch.
  public func next() -> LoadedBatch? {
    condition.lock()
    defer { condition.unlock() }
    if depth == 0 {
      let batch = producer.next().map { load($0, seed: producer.position.generatorState) }
      consumerPosition = producer.position
      return batch
    }
    startPreparing()
    while prepared.isEmpty { condition.wait() }
    let item = prepared.removeFirst()
    consumerPosition = item.after
    startPreparing()
    return item.batch
  }

  /// Starts the background thread if there is work; called with the lock held.
  private func startPreparing() {
    guard !isPreparing, prepared.count < depth else { return }
    isPreparing = true
    queue.async { [weak self] in
      while let self, self.prepareOne() {}
    }
  }

  /// Prepares one item; returns whether there is more to do.
  private func prepareOne() -> Bool {
    condition.lock()
    guard prepared.count < depth else {
      isPreparing = false
      condition.unlock()
      return false
    }
    let indices = producer.next()
    let after = producer.position
    let started = generation
    condition.unlock()
    let batch = indices.map { load($0, seed: after.generatorState) }
    condition.lock()
    // A restored position makes what was begun before it worthless.
    if generation == started {
      prepared.append((batch, after))
      condition.signal()
    }
    condition.unlock()
    return true
  }

  private func load(_ indices: Batches.Indices, seed: UInt64) -> LoadedBatch {
    // The order is drawn from the same seed; the constant keeps the two apart.
    let seed = seed ^ 0xA5A5_0F0F_3C3C_9696
    let pieces = division.pieces(of: indices.indices.count)
    let images = pieces.flatMap { indices.indices[$0.images] }
    var batch = dataset.trainingBatch(images, seed: seed, epoch: indices.epoch)
    augmentation.apply(
      to: &batch.values, imageShape: dataset.imageShape, indices: images, seed: seed, epoch: indices.epoch)
    normalization?.normalize(&batch.values, imageShape: dataset.imageShape)
    return LoadedBatch(
      epoch: indices.epoch, batch: indices.batch, indices: images, values: batch.values,
      targets: batch.targets, imageShape: dataset.imageShape, total: indices.indices.count, pieces: pieces)
  }
}
