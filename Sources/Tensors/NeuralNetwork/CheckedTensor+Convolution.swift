internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/conv1d(_:bias:stride:padding:dilation:groups:)`` that throws instead of trapping.
  public func conv1d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try convolution("conv1d", 1, weight, bias, stride, padding, dilation, groups)
  }

  /// ``Tensor/conv2d(_:bias:stride:padding:dilation:groups:)`` that throws instead of trapping.
  public func conv2d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try convolution("conv2d", 2, weight, bias, stride, padding, dilation, groups)
  }

  /// ``Tensor/conv3d(_:bias:stride:padding:dilation:groups:)`` that throws instead of trapping.
  public func conv3d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try convolution("conv3d", 3, weight, bias, stride, padding, dilation, groups)
  }

  /// ``Tensor/convTransposed1d(_:bias:stride:padding:outputPadding:dilation:groups:)`` that throws instead of trapping.
  public func convTransposed1d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try convolutionTransposed(
      "convTransposed1d", 1, weight, bias, stride, padding, outputPadding, dilation, groups)
  }

  /// ``Tensor/convTransposed2d(_:bias:stride:padding:outputPadding:dilation:groups:)`` that throws instead of trapping.
  public func convTransposed2d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try convolutionTransposed(
      "convTransposed2d", 2, weight, bias, stride, padding, outputPadding, dilation, groups)
  }

  /// ``Tensor/convTransposed3d(_:bias:stride:padding:outputPadding:dilation:groups:)`` that throws instead of trapping.
  public func convTransposed3d(
    _ weight: Tensor, bias: Tensor? = nil, stride: any SpatialValues = 1, padding: any SpatialValues = 0,
    outputPadding: any SpatialValues = 0, dilation: any SpatialValues = 1, groups: Int = 1
  ) throws(TorchError) -> Tensor {
    try convolutionTransposed(
      "convTransposed3d", 3, weight, bias, stride, padding, outputPadding, dilation, groups)
  }
}

extension CheckedTensor {
  private func convolution(
    _ operation: StaticString, _ rank: Int, _ weight: Tensor, _ bias: Tensor?, _ stride: any SpatialValues,
    _ padding: any SpatialValues, _ dilation: any SpatialValues, _ groups: Int
  ) throws(TorchError) -> Tensor {
    let spatial = SpatialArguments(operation, rank, tensor)
    let stride = try spatial.positive(stride, "stride")
    let padding = try spatial.values(padding, "padding")
    let dilation = try spatial.positive(dilation, "dilation")
    try spatial.require(groups > 0, "groups is \(groups); it must be positive")
    return try produce(operation, tensor, weight, bias) {
      ts_convolution($0, $1, $2, rank, stride, padding, dilation, groups, $3)
    }
  }

  private func convolutionTransposed(
    _ operation: StaticString, _ rank: Int, _ weight: Tensor, _ bias: Tensor?, _ stride: any SpatialValues,
    _ padding: any SpatialValues, _ outputPadding: any SpatialValues, _ dilation: any SpatialValues, _ groups: Int
  ) throws(TorchError) -> Tensor {
    let spatial = SpatialArguments(operation, rank, tensor)
    let stride = try spatial.positive(stride, "stride")
    let padding = try spatial.values(padding, "padding")
    let outputPadding = try spatial.values(outputPadding, "outputPadding")
    let dilation = try spatial.positive(dilation, "dilation")
    try spatial.require(groups > 0, "groups is \(groups); it must be positive")
    return try produce(operation, tensor, weight, bias) {
      ts_convolution_transposed($0, $1, $2, rank, stride, padding, outputPadding, dilation, groups, $3)
    }
  }
}
