import Tensors

extension Sequential {
  /// The same network for evaluation, with batch normalization folded into the convolutions and linear layers before it.
  ///
  /// Only direct neighbors are folded, in this and in nested sequences and residual branches, and only with tracked
  /// statistics. Folded layers are new and hold copies of the present weights; all other layers are shared with this
  /// network. The result is in evaluation mode, and so are then the shared layers.
  ///
  /// **Symmetry**: as before.
  public func fused() -> Sequential {
    let sequence = foldingNeighbors()
    sequence.eval()
    return sequence
  }

  fileprivate func foldingNeighbors() -> Sequential {
    var result: [Layer] = []
    for layer in layers {
      if let normalization = layer as? BatchNormLayer, let previous = result.last,
        let folded = fold(normalization, into: previous)
      {
        result[result.count - 1] = folded
      } else {
        result.append(foldingInside(layer))
      }
    }
    return Sequential(result)
  }
}

/// The layer with the sequences inside it folded.
private func foldingInside(_ layer: Layer) -> Layer {
  switch layer {
  case let sequence as Sequential: sequence.foldingNeighbors()
  case let residual as Residual:
    Residual(foldingInside(residual.body), shortcut: foldingInside(residual.shortcut))
  default: layer
  }
}

/// The layer that does what `layer` and then `normalization` do, or nil when they cannot be joined.
private func fold(_ normalization: BatchNormLayer, into layer: Layer) -> Layer? {
  guard let (scale, shift) = normalization.scaleAndShift else { return nil }
  func folded(_ weight: Parameter, _ bias: Parameter?) -> (weight: Tensor, bias: Tensor)? {
    let value = weight.value.detach()
    guard value.shape[0] == normalization.channels else { return nil }
    let column = Shape([value.shape[0]] + Array(repeating: 1, count: value.rank - 1))
    let bias = bias.map { $0.value.detach() * scale + shift } ?? shift
    return (value * scale.reshape(column), bias)
  }
  switch layer {
  case let linear as Linear where normalization is BatchNorm1D:
    guard let (weight, bias) = folded(linear.weight, linear.bias) else { return nil }
    return Linear(weight: weight, bias: bias)
  case let convolution as Conv1D where normalization is BatchNorm1D:
    guard let (weight, bias) = folded(convolution.weight, convolution.bias) else { return nil }
    return Conv1D(
      weight: weight, bias: bias, stride: convolution.stride, padding: convolution.padding,
      paddingMode: convolution.paddingMode, dilation: convolution.dilation, groups: convolution.groups)
  case let convolution as Conv2D where normalization is BatchNorm2D:
    guard let (weight, bias) = folded(convolution.weight, convolution.bias) else { return nil }
    return Conv2D(
      weight: weight, bias: bias, stride: convolution.stride, padding: convolution.padding,
      paddingMode: convolution.paddingMode, dilation: convolution.dilation, groups: convolution.groups)
  case let convolution as Conv3D where normalization is BatchNorm3D:
    guard let (weight, bias) = folded(convolution.weight, convolution.bias) else { return nil }
    return Conv3D(
      weight: weight, bias: bias, stride: convolution.stride, padding: convolution.padding,
      paddingMode: convolution.paddingMode, dilation: convolution.dilation, groups: convolution.groups)
  default:
    return nil
  }
}
