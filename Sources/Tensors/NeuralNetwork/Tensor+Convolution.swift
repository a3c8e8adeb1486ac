extension Tensor {
  /// Cross-correlates signals with the filters `weight`; the padding is zeros.
  ///
  /// **Shapes**: self `[N, C, L]`, weight `[outC, C / groups, k]`, bias `[outC]`, result
  /// `[N, outC, (L + 2·padding - dilation·(k - 1) - 1) / stride + 1]`.
  ///
  /// **Traps**: when channels, groups or sizes do not fit.
  public func conv1d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, groups: Int = 1
  ) -> Tensor {
    trapping(
      try checked.conv1d(weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups))
  }

  /// Cross-correlates planes with the filters `weight`; the padding is zeros.
  ///
  /// **Shapes**: self `[N, C, H, W]`, weight `[outC, C / groups, kH, kW]`, bias `[outC]`, result `[N, outC, H', W']`,
  /// each H' = (H + 2·padding - dilation·(k - 1) - 1) / stride + 1 rounded down.
  ///
  /// **Traps**: when channels, groups or sizes do not fit.
  public func conv2d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, groups: Int = 1
  ) -> Tensor {
    trapping(
      try checked.conv2d(weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups))
  }

  /// Cross-correlates volumes with the filters `weight`; the padding is zeros.
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, weight `[outC, C / groups, kD, kH, kW]`,
  /// bias `[outC]`, result `[N, outC, D', H', W']`,
  /// each H' = (H + 2·padding - dilation·(k - 1) - 1) / stride + 1 rounded down.
  ///
  /// **Traps**: when channels, groups or sizes do not fit.
  public func conv3d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, groups: Int = 1
  ) -> Tensor {
    trapping(
      try checked.conv3d(weight, bias: bias, stride: stride, padding: padding, dilation: dilation, groups: groups))
  }

  /// The transpose of `conv1d` as a linear map: spreads every input value over the output through `weight`.
  ///
  /// **Shapes**: self `[N, C, L]`, weight `[C, outC / groups, k]`, bias `[outC]`, result
  /// `[N, outC, (L - 1)·stride - 2·padding + dilation·(k - 1) + outputPadding + 1]`.
  ///
  /// **Traps**: when channels, groups or sizes do not fit, or `outputPadding` is not below stride or dilation.
  public func convTransposed1d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) -> Tensor {
    trapping(
      try checked.convTransposed1d(
        weight, bias: bias, stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation,
        groups: groups
      ))
  }

  /// The transpose of `conv2d` as a linear map: spreads every input value over the output through `weight`.
  ///
  /// **Shapes**: self `[N, C, H, W]`, weight `[C, outC / groups, kH, kW]`, bias `[outC]`, result `[N, outC, H', W']`,
  /// each H' = (H - 1)·stride - 2·padding + dilation·(k - 1) + outputPadding + 1.
  ///
  /// **Traps**: when channels, groups or sizes do not fit, or `outputPadding` is not below stride or dilation.
  public func convTransposed2d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) -> Tensor {
    trapping(
      try checked.convTransposed2d(
        weight, bias: bias, stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation,
        groups: groups
      ))
  }

  /// The transpose of `conv3d` as a linear map: spreads every input value over the output through `weight`.
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, weight `[C, outC / groups, kD, kH, kW]`, bias `[outC]`, result
  /// `[N, outC, D', H', W']`, each H' = (H - 1)·stride - 2·padding + dilation·(k - 1) + outputPadding + 1.
  ///
  /// **Traps**: when channels, groups or sizes do not fit, or `outputPadding` is not below stride or dilation.
  public func convTransposed3d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) -> Tensor {
    trapping(
      try checked.convTransposed3d(
        weight, bias: bias, stride: stride, padding: padding, outputPadding: outputPadding, dilation: dilation,
        groups: groups
      ))
  }
}
