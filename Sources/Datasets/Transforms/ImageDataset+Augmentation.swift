extension ImageDataset {
  /// Returns the images changed at random, as they are in one epoch of a training with the same seed.
  ///
  /// **Traps**: if quarter turns meet images that are not square.
  public func augmented(by augmentation: Augmentation, seed: UInt64, epoch: Int) -> ImageDataset {
    var values = images
    augmentation.apply(to: &values, imageShape: imageShape, indices: Array(0..<count), seed: seed, epoch: epoch)
    return ImageDataset(
      uncheckedName: name, images: values, labels: labels, classNames: classNames, imageShape: imageShape)
  }
}
