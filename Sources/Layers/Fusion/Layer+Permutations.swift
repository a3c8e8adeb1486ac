import Tensors

extension Layer {
  /// The layer that gives the same after no permutation as this one after `permutation`; nil when it cannot.
  func absorbingBefore(_ permutation: ChannelPermutation) -> Layer? {
    guard let destinations = permutation.destinations, let convolution = self as? ConvolutionLayer,
      convolution.groups == 1, convolution.inChannels == destinations.count
    else { return nil }
    let weight = convolution.weight.value.detach()
    let axis = convolution.options.isTransposed ? 0 : 1
    return convolution.replacing(
      weight: weight.indexSelect(axis, table(destinations, like: weight)), bias: convolution.bias?.value)
  }

  /// The layer that gives what `permutation` gives after this one; nil when it cannot.
  func absorbingAfter(_ permutation: ChannelPermutation) -> Layer? {
    guard let convolution = self as? ConvolutionLayer, convolution.groups == 1,
      permutation.indices.allSatisfy({ $0 < convolution.outChannels })
    else { return nil }
    let weight = convolution.weight.value.detach()
    let indices = table(permutation.indices, like: weight)
    return convolution.replacing(
      weight: weight.indexSelect(convolution.options.isTransposed ? 1 : 0, indices),
      bias: convolution.bias.map { $0.value.detach().indexSelect(0, indices) })
  }

  /// The layer with which a permutation changes places: forwards, what comes before it when it was after it.
  ///
  /// Nil when the layer does not treat all channels alike.
  func passing(_ permutation: ChannelPermutation, forwards: Bool) -> Layer? {
    switch self {
    case let activation as Activation:
      if activation.kind == .softmax || activation.kind == .logSoftmax {
        return permutation.destinations.map { _ in self }
      }
      return self
    case is MaxPool2D, is AvgPool2D, is AdaptivePool2D, is Pad2D, is Upsample2D, is DepthwiseConstantConv2D:
      return self
    case let product as Multiply:
      let shape = product.factor.shape
      // A factor without an entry for each channel of an image.
      return shape.count < 3 || shape[shape.count - 3] == 1 ? self : nil
    case let normalization as BatchNormLayer:
      guard let indices = forwards ? permutation.destinations : permutation.indices,
        indices.allSatisfy({ $0 < normalization.channels })
      else { return nil }
      let like = normalization.runningMean?.value ?? normalization.weight?.value
      return normalization.copy(pickingChannels: table(indices, like: like))
    default:
      return nil
    }
  }

  private func table(_ indices: [Int], like tensor: Tensor?) -> Tensor {
    Tensor(indices, shape: [indices.count], device: tensor?.device ?? .cpu)
  }
}
