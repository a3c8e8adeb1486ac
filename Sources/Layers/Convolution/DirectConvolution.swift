public import Tensors

/// The common part of `Conv1D`, `Conv2D` and `Conv3D`.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
open class DirectConvolution: ConvolutionLayer {
  /// Convolves.
  ///
  /// **Traps**: when the input has another number of axes or channels.
  open override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return convolve(x, weight: weight.value, bias: bias?.value)
  }

  final func convolve(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    var x = x
    var padding = options.padding
    if paddingMode != .zeros, padding.contains(where: { $0 != 0 }) {
      x = x.pad(padding.reversed().flatMap { [$0, $0] }, mode: paddingMode)
      padding = padding.map { _ in 0 }
    }
    switch axes {
    case 1:
      return x.conv1d(
        weight, bias: bias, stride: stride[0], padding: padding[0], dilation: dilation[0], groups: groups)
    case 2:
      return x.conv2d(weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    default:
      return x.conv3d(weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
  }

  /// Emits the padding, where it is not of zeros, and the convolution.
  open override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    var input = input
    var padding = options.padding
    if paddingMode != .zeros, padding.contains(where: { $0 != 0 }) {
      input = graph.add(.pad(input, amounts: padding.reversed().flatMap { [$0, $0] }, mode: paddingMode))
      padding = padding.map { _ in 0 }
    }
    return graph.add(
      .convolution(
        input, weight: graph.tensor(weight, named: "weight"), bias: graph.tensor(bias, named: "bias"),
        stride: stride, padding: padding, dilation: dilation, groups: groups))
  }

  /// `floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1` along each spatial axis.
  open override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    let sizes = (0..<axes).map { axis -> Int in
      let span = dilation[axis] * (kernelSize[axis] - 1) + 1
      let room = shape[axis + 2] + 2 * padding[axis] - span
      if room < 0 { fail("the kernel spans \(span) pixels, more than the padded input \(shape) has") }
      return room / stride[axis] + 1
    }
    return Shape([shape[0], outChannels] + sizes)
  }
}
