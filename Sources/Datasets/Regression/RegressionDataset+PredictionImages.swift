internal import Interchange

extension RegressionDataset: PredictionImages {
  /// The quantities.
  public var task: PredictionTask { .quantities(targetNames) }

  /// A checksum of the quantities.
  public var targetsChecksum: UInt32 { targets.withUnsafeBytes { CRC32C.checksum(Array($0)) } }

  /// Images with their quantities.
  public func batch(_ indices: [Int]) -> ImageBatch {
    let (images, targets) = gathered(indices)
    return ImageBatch(values: images, targets: .quantities(targets))
  }
}
