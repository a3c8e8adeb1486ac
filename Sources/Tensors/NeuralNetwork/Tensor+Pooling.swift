extension Tensor {
  /// The largest value in each window; `stride` defaults to the window, padding counts as -∞.
  ///
  /// **Shapes**: self `[N, C, L]`, result `[N, C, L']`; sizes round down, or up with `roundsUp`.
  ///
  /// **Traps**: when the padding is more than half the window or the result would be empty.
  public func maxPool1d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) -> Tensor {
    trapping(
      try checked.maxPool1d(kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
  }

  /// The largest value in each window; `stride` defaults to the window, padding counts as -∞.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C, H', W']`; sizes round down, or up with `roundsUp`.
  ///
  /// **Traps**: when the padding is more than half the window or the result would be empty.
  public func maxPool2d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) -> Tensor {
    trapping(
      try checked.maxPool2d(kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
  }

  /// The largest value in each window; `stride` defaults to the window, padding counts as -∞.
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, result `[N, C, D', H', W']`; sizes round down, or up with `roundsUp`.
  ///
  /// **Traps**: when the padding is more than half the window or the result would be empty.
  public func maxPool3d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) -> Tensor {
    trapping(
      try checked.maxPool3d(kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
  }

  /// The largest value in each window and its flat index within its plane (int64).
  ///
  /// **Shapes**: self `[N, C, L]`, both results `[N, C, L']`.
  ///
  /// **Traps**: as ``Tensor/maxPool1d(_:stride:padding:dilation:roundsUp:)`` does.
  public func maxPool1dWithIndices(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    trapping(
      try checked.maxPool1dWithIndices(
        kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp
      ))
  }

  /// The largest value in each window and its flat index within its plane (int64).
  ///
  /// **Shapes**: self `[N, C, H, W]`, both results `[N, C, H', W']`.
  ///
  /// **Traps**: as ``Tensor/maxPool2d(_:stride:padding:dilation:roundsUp:)`` does.
  public func maxPool2dWithIndices(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    trapping(
      try checked.maxPool2dWithIndices(
        kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp
      ))
  }

  /// The largest value in each window and its flat index within its plane (int64).
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, both results `[N, C, D', H', W']`.
  ///
  /// **Traps**: as ``Tensor/maxPool3d(_:stride:padding:dilation:roundsUp:)`` does.
  public func maxPool3dWithIndices(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) -> (values: Tensor, indices: Tensor) {
    trapping(
      try checked.maxPool3dWithIndices(
        kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp
      ))
  }

  /// The mean of each window; `stride` defaults to the window.
  ///
  /// **Shapes**: self `[N, C, L]`, result `[N, C, L']`; sizes round down, or up with `roundsUp`.
  ///
  /// **Traps**: when the padding is more than half the window or the result would be empty.
  public func avgPool1d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) -> Tensor {
    trapping(
      try checked.avgPool1d(
        kernelSize, stride: stride, padding: padding, roundsUp: roundsUp, countsPadding: countsPadding
      ))
  }

  /// The mean of each window; `stride` defaults to the window.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C, H', W']`; sizes round down, or up with `roundsUp`.
  ///
  /// **Traps**: when the padding is more than half the window or the result would be empty.
  public func avgPool2d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) -> Tensor {
    trapping(
      try checked.avgPool2d(
        kernelSize, stride: stride, padding: padding, roundsUp: roundsUp, countsPadding: countsPadding
      ))
  }

  /// The mean of each window; `stride` defaults to the window.
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, result `[N, C, D', H', W']`; sizes round down, or up with `roundsUp`.
  ///
  /// **Traps**: when the padding is more than half the window or the result would be empty.
  public func avgPool3d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) -> Tensor {
    trapping(
      try checked.avgPool3d(
        kernelSize, stride: stride, padding: padding, roundsUp: roundsUp, countsPadding: countsPadding
      ))
  }

  /// The means of windows that tile the signal so that the result has `outputSize`.
  ///
  /// **Shapes**: self `[N, C, L]`, result `[N, C]` + `outputSize`.
  ///
  /// **Traps**: when self has another number of dimensions.
  public func adaptiveAvgPool1d(_ outputSize: any SpatialValues) -> Tensor {
    trapping(try checked.adaptiveAvgPool1d(outputSize))
  }

  /// The means of windows that tile the plane so that the result has `outputSize`.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C]` + `outputSize`.
  ///
  /// **Traps**: when self has another number of dimensions.
  public func adaptiveAvgPool2d(_ outputSize: any SpatialValues) -> Tensor {
    trapping(try checked.adaptiveAvgPool2d(outputSize))
  }

  /// The means of windows that tile the volume so that the result has `outputSize`.
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, result `[N, C]` + `outputSize`.
  ///
  /// **Traps**: when self has another number of dimensions.
  public func adaptiveAvgPool3d(_ outputSize: any SpatialValues) -> Tensor {
    trapping(try checked.adaptiveAvgPool3d(outputSize))
  }

  /// The largest values in windows that tile the signal so that the result has `outputSize`.
  ///
  /// **Shapes**: self `[N, C, L]`, result `[N, C]` + `outputSize`.
  ///
  /// **Traps**: when self has another number of dimensions.
  public func adaptiveMaxPool1d(_ outputSize: any SpatialValues) -> Tensor {
    trapping(try checked.adaptiveMaxPool1d(outputSize))
  }

  /// The largest values in windows that tile the plane so that the result has `outputSize`.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C]` + `outputSize`.
  ///
  /// **Traps**: when self has another number of dimensions.
  public func adaptiveMaxPool2d(_ outputSize: any SpatialValues) -> Tensor {
    trapping(try checked.adaptiveMaxPool2d(outputSize))
  }

  /// The largest values in windows that tile the volume so that the result has `outputSize`.
  ///
  /// **Shapes**: self `[N, C, D, H, W]`, result `[N, C]` + `outputSize`.
  ///
  /// **Traps**: when self has another number of dimensions.
  public func adaptiveMaxPool3d(_ outputSize: any SpatialValues) -> Tensor {
    trapping(try checked.adaptiveMaxPool3d(outputSize))
  }
}
