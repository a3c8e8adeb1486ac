import Tensors

extension ConvolutionLayer {
  /// Whether a neighbor is a map of the channels of the same kind of input.
  func accepts(_ neighbor: Layer) -> Bool {
    switch neighbor {
    case is BatchNorm1D: axes == 1
    case is BatchNorm2D, is ChannelAffine: axes == 2
    case is BatchNorm3D: axes == 3
    case is Multiply: axes == 2
    case is Conv2D: self is Conv2D
    default: false
    }
  }

  /// This layer with a factor and a summand for each output channel.
  func followed(by affine: ChannelwiseMap) -> ConvolutionLayer {
    let kernel = weight.value.detach().to(.float64)
    let ones = Array(repeating: 1, count: axes)
    let scaled: Tensor
    if options.isTransposed {
      // Output channels are counted within each group of the input channels.
      let scale = affine.scale.reshape(Shape([groups, 1, outChannels / groups] + ones))
      let split = Shape([groups, inChannels / groups] + kernel.shape.dropFirst())
      scaled = (kernel.reshape(split) * scale).reshape(kernel.shape)
    } else {
      scaled = kernel * affine.scale.reshape(Shape([outChannels, 1] + ones))
    }
    let shifted = bias.map { $0.value.detach().to(.float64) * affine.scale + affine.shift }
    let dtype = weight.value.dtype
    let summand = shifted ?? (affine.hasShift ? affine.shift : nil)
    return replacing(weight: scaled.to(dtype), bias: summand?.to(dtype))
  }
}

extension DirectConvolution {
  /// This layer with a factor and a summand for each input channel, nil when the padding would not get the summand.
  func preceded(by affine: ChannelwiseMap) -> ConvolutionLayer? {
    let padsWithZeros = paddingMode == .zeros && padding.contains { $0 != 0 }
    if padsWithZeros && affine.hasShift { return nil }
    let kernel = weight.value.detach().to(.float64)
    let ones = Array(repeating: 1, count: axes)
    // [groups, out / groups, in / groups, …]
    let split = kernel.reshape(Shape([groups, outChannels / groups, inChannels / groups] + kernel.shape.dropFirst(2)))
    let dtype = weight.value.dtype
    let shape = Shape([groups, 1, inChannels / groups] + ones)
    let scaled = (split * affine.scale.reshape(shape)).reshape(kernel.shape)
    var summand = bias?.value.detach().to(.float64)
    if affine.hasShift {
      let constant = (split * affine.shift.reshape(shape)).reshape([outChannels, kernel.count / outChannels])
        .sum(along: 1)
      summand = summand.map { $0 + constant } ?? constant
    }
    return replacing(weight: scaled.to(dtype), bias: summand?.to(dtype))
  }
}

extension Linear {
  /// This layer with a factor and a summand for each output.
  func followed(by affine: ChannelwiseMap) -> Linear {
    let (matrix, dtype) = (weight.value.detach().to(.float64), weight.value.dtype)
    let shifted = bias.map { $0.value.detach().to(.float64) * affine.scale + affine.shift }
    let summand = shifted ?? (affine.hasShift ? affine.shift : nil)
    return Linear(
      weight: (matrix * affine.scale.reshape([outFeatures, 1])).to(dtype), bias: summand?.to(dtype))
  }

  /// This layer with a factor and a summand for each input.
  func preceded(by affine: ChannelwiseMap) -> Linear {
    let (matrix, dtype) = (weight.value.detach().to(.float64), weight.value.dtype)
    let constant = matrix.matmul(affine.shift)
    let summand = bias.map { $0.value.detach().to(.float64) + constant } ?? constant
    return Linear(weight: (matrix * affine.scale).to(dtype), bias: summand.to(dtype))
  }
}
