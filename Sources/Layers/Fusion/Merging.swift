import Tensors

/// The layer that does what two layers in a row do, nil when there is none; an identity is left out.
func merge(_ first: Layer, _ second: Layer, rank: Int?) -> Layer? {
  switch (first, second) {
  case (let convolution as ConvolutionLayer, _)
  where convolution.accepts(second):
    if let affine = ChannelwiseMap(second, channels: convolution.outChannels) {
      return convolution.followed(by: affine)
    }
    guard let first = first as? Conv2D, let second = second as? Conv2D else { return nil }
    return compose(first, second)
  case (_, let convolution as DirectConvolution) where convolution.accepts(first):
    guard let affine = ChannelwiseMap(first, channels: convolution.inChannels) else { return nil }
    return convolution.preceded(by: affine)
  case (let linear as Linear, is BatchNorm1D) where rank == 2, (let linear as Linear, is Multiply) where rank == 2:
    guard (second as? Multiply)?.factor.value.count ?? 1 == 1 else { return nil }
    return ChannelwiseMap(second, channels: linear.outFeatures).map { linear.followed(by: $0) }
  case (is BatchNorm1D, let linear as Linear) where rank == 2:
    return ChannelwiseMap(first, channels: linear.inFeatures).map { linear.preceded(by: $0) }
  case (let first as BatchNorm2D, let second as BatchNorm2D):
    guard let one = ChannelwiseMap(first, channels: first.channels),
      let other = ChannelwiseMap(second, channels: first.channels), let dtype = first.runningMean?.value.dtype
    else { return nil }
    return other.after(one).normalization(dtype: dtype)
  case (let pad as Pad2D, let other as Pad2D):
    return merge(pad, other)
  case (let pad as Pad2D, let convolution as Conv2D):
    return convolution.padded(by: pad)
  case (let pad as Pad2D, let convolution as DepthwiseConstantConv2D):
    guard pad.mode == .zeros, let amounts = pad.symmetric else { return nil }
    return convolution.replacing(padding: zip(convolution.padding, amounts).map { $0 + $1 })
  case (let one as Multiply, let other as Multiply):
    return merge(one, other)
  case (let one as ChannelPermutation, let other as ChannelPermutation):
    guard let last = other.indices.max(), last < one.indices.count else { return nil }
    let indices = other.indices.map { one.indices[$0] }
    return one.channels == indices.count && indices.elementsEqual(indices.indices)
      ? Identity() : ChannelPermutation(indices, of: one.channels)
  default:
    return nil
  }
}

private func merge(_ one: Pad2D, _ other: Pad2D) -> Layer? {
  let amounts = [one, other].flatMap { [$0.top, $0.bottom, $0.left, $0.right] }
  guard one.mode == .zeros, other.mode == .zeros, amounts.allSatisfy({ $0 >= 0 }) else { return nil }
  return Pad2D(
    top: one.top + other.top, bottom: one.bottom + other.bottom, left: one.left + other.left,
    right: one.right + other.right)
}

/// One factor for both, when it does not take more memory than the larger one.
private func merge(_ one: Multiply, _ other: Multiply) -> Layer? {
  let (first, second) = (one.factor.value, other.factor.value)
  let rank = max(first.rank, second.rank)
  func padded(_ tensor: Tensor) -> [Int] { Array(repeating: 1, count: rank - tensor.rank) + tensor.shape }
  let sizes = zip(padded(first), padded(second)).map { max($0, $1) }
  guard sizes.reduce(1, *) <= max(first.count, second.count) else { return nil }
  return Multiply((first.to(.float64) * second.to(.float64)).to(first.dtype))
}

extension Pad2D {
  /// The amounts along height and width, when opposite sides agree and nothing is cropped.
  fileprivate var symmetric: [Int]? {
    top == bottom && left == right && top >= 0 && left >= 0 ? [top, left] : nil
  }
}

extension Conv2D {
  /// A convolution that pads by itself.
  fileprivate func padded(by pad: Pad2D) -> Conv2D? {
    guard let amounts = pad.symmetric else { return nil }
    let own = padding.contains { $0 != 0 }
    guard pad.mode == .zeros ? (!own || paddingMode == .zeros) : !own else { return nil }
    return Conv2D(
      weight: weight.value, bias: bias?.value, stride: stride, padding: zip(padding, amounts).map { $0 + $1 },
      paddingMode: pad.mode, dilation: dilation, groups: groups)
  }
}

/// A convolution and a 1 × 1 convolution after it as one, when that has no more work to do.
private func compose(_ first: Conv2D, _ second: Conv2D) -> Conv2D? {
  guard second.isMatrix, first.groups == 1, second.inChannels == first.outChannels,
    second.outChannels <= second.inChannels
  else { return nil }
  let kernel = first.weight.value.detach().to(.float64)
  let matrix = second.matrix
  let weight = matrix.matmul(kernel.reshape([first.outChannels, kernel.count / first.outChannels]))
    .reshape(Shape([second.outChannels] + kernel.shape.dropFirst()))
  let biases = [
    first.bias.map { matrix.matmul($0.value.detach().to(.float64)) }, second.bias?.value.detach().to(.float64),
  ]
  .compactMap { $0 }
  let dtype = first.weight.value.dtype
  return first.replacing(
    weight: weight.to(dtype), bias: biases.dropFirst().reduce(biases.first) { ($0 ?? $1) + $1 }?.to(dtype))
}
