import Homogenization

/// Periodic unit cells with their elasticity tensors, both changed at random when they are learned from.
public struct AugmentedCells: PredictionImages, Hashable {
  /// The cells.
  public let cells: RegressionDataset
  /// The random changes.
  public let augmentation: CellAugmentation

  /// Puts cells and changes together.
  ///
  /// **Traps**: unless the quantities are the six components of elasticity tensors.
  public init(_ cells: RegressionDataset, augmentation: CellAugmentation = .none) {
    precondition(
      cells.targetNames == ElasticityTensor.componentNames,
      "AugmentedCells: the targets of \(cells.name) are \(cells.targetNames); expected \(ElasticityTensor.componentNames)"
    )
    self.cells = cells
    self.augmentation = augmentation
  }

  /// The name of the cells.
  public var name: String { cells.name }
  /// The number of cells.
  public var count: Int { cells.count }
  /// The size of each cell.
  public var imageShape: ImageShape { cells.imageShape }
  /// The six components.
  public var task: PredictionTask { cells.task }
  /// That of the unchanged tensors.
  public var targetsChecksum: UInt32 { cells.targetsChecksum }

  /// Cells as they are.
  public func batch(_ indices: [Int]) -> ImageBatch { cells.batch(indices) }

  /// Cells and tensors, changed together.
  public func trainingBatch(_ indices: [Int], seed: UInt64, epoch: Int) -> ImageBatch {
    var (images, targets) = cells.gathered(indices)
    augmentation.apply(
      to: &images, targets: &targets, imageShape: imageShape, indices: indices, seed: seed, epoch: epoch)
    return ImageBatch(values: images, targets: .quantities(targets))
  }
}
