public import Tensors

/// The transpose of a convolution along two axes, which enlarges images.
///
/// **Shapes**: `[N, inChannels, H, W]` to `[N, outChannels, H', W']` with
/// `H' = (H - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1`.
///
/// **Symmetry**: translations by multiples of the stride, away from the border.
///
/// **State**: `weight` `[inChannels, outChannels / groups, kH, kW]`, `bias` `[outChannels]`, as in PyTorch.
public final class ConvTransposed2D: ConvolutionLayer {
  /// Creates a layer with random weights, as PyTorch does unless initializers are given.
  public init(
    from inChannels: Int, to outChannels: Int, kernelSize: any SpatialValues, stride: any SpatialValues = 1,
    padding: any SpatialValues = 0, outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1,
    groups: Int = 1, hasBias: Bool = true, weightInitializer: Initializer = .torchDefault,
    biasInitializer: Initializer? = nil, dtype: DType = .float32, rng: inout Generator
  ) {
    let kernel = extents(kernelSize, axes: 2, minimum: 1, "ConvTransposed2D", "kernelSize")
    guard groups > 0, inChannels % groups == 0, outChannels % groups == 0 else {
      Torch.fail(op: "ConvTransposed2D", "\(groups) groups do not divide \(inChannels) and \(outChannels) channels")
    }
    let (weight, bias) = Self.initialize(
      Shape([inChannels, outChannels / groups] + kernel), biasCount: hasBias ? outChannels : nil,
      weightInitializer: weightInitializer, biasInitializer: biasInitializer, dtype: dtype, rng: &rng)
    super.init(
      weight: weight, bias: bias,
      options: makeOptions(
        stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation, groups: groups))
  }

  /// Creates a layer with copies of the given tensors.
  ///
  /// **Traps**: when the shapes do not fit.
  public init(
    weight: Tensor, bias: Tensor?, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) {
    super.init(
      weight: weight, bias: bias,
      options: makeOptions(
        stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation, groups: groups))
  }

  required init(weight: Tensor, bias: Tensor?, options: Options) {
    super.init(weight: weight, bias: bias, options: options)
  }

  /// The rows and columns that are added at the far sides of the output.
  public var outputPadding: [Int] { options.outputPadding }

  /// Applies the transposed convolution.
  ///
  /// **Traps**: when the input has another number of axes or channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return x.convTransposed2d(
      weight.value, bias: bias?.value, stride: stride, padding: padding, outputPadding: outputPadding,
      dilation: dilation, groups: groups)
  }

  /// Emits the transposed convolution.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .transposedConvolution(
        input, weight: graph.tensor(weight, named: "weight"), bias: graph.tensor(bias, named: "bias"),
        stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation, groups: groups))
  }

  /// The shape by the formula above.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    let sizes = (0..<2).map { axis -> Int in
      let reach = (shape[axis + 2] - 1) * stride[axis]
      let span = dilation[axis] * (kernelSize[axis] - 1) + 1
      let size = reach + span - 2 * padding[axis] + outputPadding[axis]
      if size < 1 { fail("the padding \(padding) leaves nothing of the input \(shape)") }
      return size
    }
    return Shape([shape[0], outChannels] + sizes)
  }
}

private func makeOptions(
  stride: any SpatialValues, padding: any SpatialValues, outputPadding: any SpatialValues,
  dilation: any SpatialValues, groups: Int
) -> ConvolutionLayer.Options {
  ConvolutionLayer.Options(
    axes: 2, stride: extents(stride, axes: 2, minimum: 1, "ConvTransposed2D", "stride"),
    padding: extents(padding, axes: 2, minimum: 0, "ConvTransposed2D", "padding"), paddingMode: .zeros,
    dilation: extents(dilation, axes: 2, minimum: 1, "ConvTransposed2D", "dilation"), groups: groups,
    outputPadding: extents(outputPadding, axes: 2, minimum: 0, "ConvTransposed2D", "outputPadding"),
    isTransposed: true)
}
