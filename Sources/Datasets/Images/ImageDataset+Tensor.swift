public import Tensors

extension ImageDataset {
  /// Returns the images with the given indices and their labels as tensors.
  ///
  /// **Shapes**: images [N, C, H, W] in float32, labels [N] in int64.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  public func batch(indices: [Int], device: Device = .cpu) -> (images: Tensor, labels: Tensor) {
    (
      Tensor(gathered(indices), shape: imageShape.batch(indices.count), device: device),
      Tensor(indices.map { labels[$0] }, shape: [indices.count], dtype: .int64, device: device)
    )
  }

  /// Returns all images and labels as tensors; see `batch(indices:device:)`.
  public func tensors(on device: Device = .cpu) -> (images: Tensor, labels: Tensor) {
    (
      Tensor(images, shape: imageShape.batch(count), device: device),
      Tensor(labels, shape: [count], dtype: .int64, device: device)
    )
  }
}

extension LoadedBatch {
  /// The images as a tensor.
  ///
  /// **Shapes**: [N, C, H, W] in float32.
  public func images(on device: Device = .cpu) -> Tensor {
    Tensor(values, shape: imageShape.batch(count), device: device)
  }

  /// The classes as a tensor.
  ///
  /// **Shapes**: [N] in int64.
  public func labels(on device: Device = .cpu) -> Tensor {
    Tensor(classLabels, shape: [count], dtype: .int64, device: device)
  }

  /// The quantities as a tensor.
  ///
  /// **Shapes**: [N, K] in float32.
  ///
  /// **Traps**: where classes are predicted.
  public func quantities(on device: Device = .cpu) -> Tensor {
    guard case .quantities(let values) = targets else {
      preconditionFailure("LoadedBatch.quantities: the images have classes, not quantities")
    }
    return Tensor(values, shape: [count, values.count / count], device: device)
  }
}

extension ImageShape {
  /// The shape of a tensor of `count` such images.
  public func batch(_ count: Int) -> Shape { [count, channels, height, width] }
}

/// Returns images turned counter-clockwise about their centers; see `rotated(_:imageShape:byDegrees:)`.
///
/// **Shapes**: [N, C, H, W]; the result is float32 on the device of `images` and carries no gradient.
///
/// **Traps**: for another number of dimensions.
///
/// **Units**: degrees.
public func rotated(_ images: Tensor, byDegrees degrees: Double) -> Tensor {
  let shape = images.shape
  precondition(shape.rank == 4, "rotated: images of shape \(shape); expected [N, C, H, W]")
  guard !shape.contains(0) else { return images }
  let values = rotated(
    images.detach().scalars(as: Float.self),
    imageShape: ImageShape(channels: shape[1], height: shape[2], width: shape[3]), byDegrees: degrees)
  return Tensor(values, shape: shape, device: images.device)
}
