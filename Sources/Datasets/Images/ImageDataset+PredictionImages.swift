internal import Interchange

extension ImageDataset: PredictionImages {
  /// One of the classes.
  public var task: PredictionTask { .classes(classNames) }

  /// A checksum of the labels.
  public var targetsChecksum: UInt32 { CRC32C.checksum(labels.map { UInt8(truncatingIfNeeded: $0) }) }

  /// Images with their classes.
  public func batch(_ indices: [Int]) -> ImageBatch {
    ImageBatch(values: gathered(indices), targets: .classes(indices.map { labels[$0] }))
  }
}
