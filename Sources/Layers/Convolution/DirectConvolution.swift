public import Tensors

/// The common part of `Conv1D`, `Conv2D` and `Conv3D`.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
public class DirectConvolution: ConvolutionLayer {
  /// The number of spatial axes of the class.
  class var spatialAxes: Int { Torch.fail(op: "\(Self.self)", "does not say how many spatial axes it has") }

  /// Creates a layer with random weights, uniform in ±1/√fanIn unless initializers are given.
  ///
  /// Sizes are one integer for all axes or an array with one for each.
  public init(
    from inChannels: Int, to outChannels: Int, kernelSize: any SpatialValues, stride: any SpatialValues = 1,
    padding: any SpatialValues = 0, paddingMode: PaddingMode = .zeros, dilation: any SpatialValues = 1,
    groups: Int = 1, hasBias: Bool = true, weightInitializer: Initializer = .torchDefault,
    biasInitializer: Initializer? = nil, dtype: DType = .float32, rng: inout Generator
  ) {
    let name = "\(Self.self)"
    let kernel = extents(kernelSize, axes: Self.spatialAxes, minimum: 1, name, "kernelSize")
    guard groups > 0, inChannels % groups == 0, outChannels % groups == 0 else {
      Torch.fail(op: name, "\(groups) groups do not divide \(inChannels) and \(outChannels) channels")
    }
    let (weight, bias) = Self.initialize(
      Shape([outChannels, inChannels / groups] + kernel), biasCount: hasBias ? outChannels : nil,
      weightInitializer: weightInitializer, biasInitializer: biasInitializer, dtype: dtype, rng: &rng)
    super.init(
      weight: weight, bias: bias,
      options: Self.options(
        stride: stride, padding: padding, paddingMode: paddingMode, dilation: dilation, groups: groups))
  }

  /// Creates a layer with copies of the given tensors.
  ///
  /// **Traps**: when the shapes do not fit.
  public init(
    weight: Tensor, bias: Tensor?, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    paddingMode: PaddingMode = .zeros, dilation: any SpatialValues = 1, groups: Int = 1
  ) {
    super.init(
      weight: weight, bias: bias,
      options: Self.options(
        stride: stride, padding: padding, paddingMode: paddingMode, dilation: dilation, groups: groups))
  }

  required init(weight: Tensor, bias: Tensor?, options: Options) {
    super.init(weight: weight, bias: bias, options: options)
  }

  private static func options(
    stride: any SpatialValues, padding: any SpatialValues, paddingMode: PaddingMode, dilation: any SpatialValues,
    groups: Int
  ) -> Options {
    let (axes, name) = (spatialAxes, "\(Self.self)")
    return Options(
      axes: axes, stride: extents(stride, axes: axes, minimum: 1, name, "stride"),
      padding: extents(padding, axes: axes, minimum: 0, name, "padding"), paddingMode: paddingMode,
      dilation: extents(dilation, axes: axes, minimum: 1, name, "dilation"), groups: groups, outputPadding: [])
  }

  /// Convolves.
  ///
  /// **Traps**: when the input has another number of axes or channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
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
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
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
  public override func outputShape(for shape: Shape) -> Shape {
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
