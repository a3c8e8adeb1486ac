public import Tensors

/// A convolution (cross-correlation) along one axis (sequences).
///
/// **Shapes**: `[N, C, L]` with `inChannels` to the same with `outChannels` and sizes by `outputShape(for:)`.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
///
/// **State**: `weight` `[outChannels, inChannels / groups, …]`, `bias` `[outChannels]`, as in PyTorch.
public final class Conv1D: DirectConvolution {
  /// Creates a layer with random weights, uniform in ±1/√fanIn unless initializers are given.
  ///
  /// Sizes are one integer for all axes or an array with one for each.
  public init(
    from inChannels: Int, to outChannels: Int, kernelSize: any SpatialValues, stride: any SpatialValues = 1,
    padding: any SpatialValues = 0, paddingMode: PaddingMode = .zeros, dilation: any SpatialValues = 1,
    groups: Int = 1, hasBias: Bool = true, weightInitializer: Initializer = .torchDefault,
    biasInitializer: Initializer? = nil, dtype: DType = .float32, rng: inout Generator
  ) {
    let kernel = extents(kernelSize, axes: 1, minimum: 1, "Conv1D", "kernelSize")
    guard groups > 0, inChannels % groups == 0, outChannels % groups == 0 else {
      Torch.fail(op: "Conv1D", "\(groups) groups do not divide \(inChannels) and \(outChannels) channels")
    }
    let (weight, bias) = Self.initialize(
      Shape([outChannels, inChannels / groups] + kernel), biasCount: hasBias ? outChannels : nil,
      weightInitializer: weightInitializer, biasInitializer: biasInitializer, dtype: dtype, rng: &rng)
    super.init(
      weight: weight, bias: bias, axes: 1,
      options: makeOptions(
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
      weight: weight, bias: bias, axes: 1,
      options: makeOptions(
        stride: stride, padding: padding, paddingMode: paddingMode, dilation: dilation, groups: groups))
  }
}

private func makeOptions(
  stride: any SpatialValues, padding: any SpatialValues, paddingMode: PaddingMode, dilation: any SpatialValues,
  groups: Int
) -> ConvolutionLayer.Options {
  ConvolutionLayer.Options(
    stride: extents(stride, axes: 1, minimum: 1, "Conv1D", "stride"),
    padding: extents(padding, axes: 1, minimum: 0, "Conv1D", "padding"), paddingMode: paddingMode,
    dilation: extents(dilation, axes: 1, minimum: 1, "Conv1D", "dilation"), groups: groups, outputPadding: [])
}
