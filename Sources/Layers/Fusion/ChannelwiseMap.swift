import Tensors

/// A factor and a summand for each channel, in float64.
struct ChannelwiseMap {
  let scale: Tensor
  let shift: Tensor
  /// Whether there is nothing to add.
  let hasShift: Bool

  /// What a layer does to each channel in evaluation mode, nil when it does more than that.
  init?(_ layer: Layer, channels: Int) {
    switch layer {
    case let normalization as BatchNormLayer:
      guard normalization.channels == channels, let (scale, shift) = normalization.preciseScaleAndShift else {
        return nil
      }
      (self.scale, self.shift, hasShift) = (scale, shift, true)
    case let product as Multiply:
      let factor = product.factor.value
      guard let values = factor.perChannel(channels) else { return nil }
      scale = values.to(.float64)
      shift = Tensor.zeros([channels], dtype: .float64, device: factor.device)
      hasShift = false
    case let affine as ChannelAffine:
      guard let vector = (affine.scale ?? affine.shift)?.value, vector.count == channels else { return nil }
      let one = ChannelwiseMap(identityOf: channels, device: vector.device)
      scale = affine.scale.map { $0.value.reshape([channels]).to(.float64) } ?? one.scale
      shift = affine.shift.map { $0.value.reshape([channels]).to(.float64) } ?? one.shift
      hasShift = affine.shift != nil
    default:
      return nil
    }
  }

  /// Several maps side by side.
  init(joining parts: [ChannelwiseMap]) {
    scale = Tensor.concatenated(parts.map(\.scale), along: 0)
    shift = Tensor.concatenated(parts.map(\.shift), along: 0)
    hasShift = parts.contains(where: \.hasShift)
  }

  /// The map that changes nothing.
  init(identityOf channels: Int, device: Device) {
    scale = Tensor.ones([channels], dtype: .float64, device: device)
    shift = Tensor.zeros([channels], dtype: .float64, device: device)
    hasShift = false
  }

  /// This map after another one.
  func after(_ first: ChannelwiseMap) -> ChannelwiseMap {
    ChannelwiseMap(
      scale: first.scale * scale, shift: first.shift * scale + shift, hasShift: hasShift || first.hasShift)
  }

  private init(scale: Tensor, shift: Tensor, hasShift: Bool) {
    (self.scale, self.shift, self.hasShift) = (scale, shift, hasShift)
  }

  /// A batch normalization of images that does the same.
  func normalization(dtype: DType) -> BatchNorm2D {
    let layer = BatchNorm2D(scale.count, epsilon: 0, dtype: dtype)
    if let weight = layer.weight { weight.replace(with: scale.to(dtype).detach()) }
    if let bias = layer.bias { bias.replace(with: shift.to(dtype).detach()) }
    if let mean = layer.runningMean {
      mean.replace(with: Tensor.zeros([scale.count], dtype: dtype, device: scale.device))
    }
    if let variance = layer.runningVariance {
      variance.replace(with: Tensor.ones([scale.count], dtype: dtype, device: scale.device))
    }
    return layer
  }
}

extension Tensor {
  /// For a factor of images that is the same for all pixels: its value for each of the channels.
  fileprivate func perChannel(_ channels: Int) -> Tensor? {
    if count == 1 { return detach().reshape([1]).expand(to: [channels]) }
    let sizes = Array(shape.suffix(3))
    guard sizes == [channels, 1, 1], rank == 3 || (rank == 4 && shape[0] == 1) else { return nil }
    return detach().reshape([channels])
  }
}
