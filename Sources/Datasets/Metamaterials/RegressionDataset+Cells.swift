import Homogenization
public import Tensors

extension RegressionDataset {
  /// Returns the cells with the given indices and their elasticity tensors, changed at random.
  ///
  /// The same seed, epoch and index give the same change, whatever the batch.
  ///
  /// **Shapes**: images [N, C, H, W], targets [N, 6], both float32.
  ///
  /// **Traps**: unless all indices are in 0..<count and the targets are the six components of elasticity tensors.
  public func batch(
    indices: [Int], augmentation: CellAugmentation, seed: UInt64, epoch: Int, device: Device = .cpu
  ) -> (images: Tensor, targets: Tensor) {
    precondition(
      targetNames == ElasticityTensor.componentNames,
      "\(name): the targets are \(targetNames); expected \(ElasticityTensor.componentNames)")
    var (images, targets) = gathered(indices)
    augmentation.apply(
      to: &images, targets: &targets, imageShape: imageShape, indices: indices, seed: seed, epoch: epoch)
    return (
      Tensor(images, shape: imageShape.batch(indices.count), device: device),
      Tensor(targets, shape: [indices.count, targetNames.count], device: device)
    )
  }
}
