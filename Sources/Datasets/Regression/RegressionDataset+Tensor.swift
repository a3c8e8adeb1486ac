public import Tensors

extension RegressionDataset {
  /// Returns the images with the given indices and their targets as tensors.
  ///
  /// **Shapes**: images [N, C, H, W], targets [N, T], both float32.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  public func batch(indices: [Int], device: Device = .cpu) -> (images: Tensor, targets: Tensor) {
    let (images, targets) = gathered(indices)
    return (
      Tensor(images, shape: imageShape.batch(indices.count), device: device),
      Tensor(targets, shape: [indices.count, targetNames.count], device: device)
    )
  }

  /// Returns all images and targets as tensors; see `batch(indices:device:)`.
  public func tensors(on device: Device = .cpu) -> (images: Tensor, targets: Tensor) {
    (
      Tensor(images, shape: imageShape.batch(count), device: device),
      Tensor(targets, shape: [count, targetNames.count], device: device)
    )
  }
}
