internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/maxPool1d(_:stride:padding:dilation:roundsUp:)`` that throws instead of trapping.
  public func maxPool1d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) throws(TorchError) -> Tensor {
    try maxPool("maxPool1d", 1, kernelSize, stride, padding, dilation, roundsUp)
  }

  /// ``Tensor/maxPool2d(_:stride:padding:dilation:roundsUp:)`` that throws instead of trapping.
  public func maxPool2d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) throws(TorchError) -> Tensor {
    try maxPool("maxPool2d", 2, kernelSize, stride, padding, dilation, roundsUp)
  }

  /// ``Tensor/maxPool3d(_:stride:padding:dilation:roundsUp:)`` that throws instead of trapping.
  public func maxPool3d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) throws(TorchError) -> Tensor {
    try maxPool("maxPool3d", 3, kernelSize, stride, padding, dilation, roundsUp)
  }

  /// ``Tensor/maxPool1dWithIndices(_:stride:padding:dilation:roundsUp:)`` that throws instead of trapping.
  public func maxPool1dWithIndices(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) throws(TorchError) -> (values: Tensor, indices: Tensor) {
    try maxPoolWithIndices("maxPool1dWithIndices", 1, kernelSize, stride, padding, dilation, roundsUp)
  }

  /// ``Tensor/maxPool2dWithIndices(_:stride:padding:dilation:roundsUp:)`` that throws instead of trapping.
  public func maxPool2dWithIndices(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) throws(TorchError) -> (values: Tensor, indices: Tensor) {
    try maxPoolWithIndices("maxPool2dWithIndices", 2, kernelSize, stride, padding, dilation, roundsUp)
  }

  /// ``Tensor/maxPool3dWithIndices(_:stride:padding:dilation:roundsUp:)`` that throws instead of trapping.
  public func maxPool3dWithIndices(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) throws(TorchError) -> (values: Tensor, indices: Tensor) {
    try maxPoolWithIndices("maxPool3dWithIndices", 3, kernelSize, stride, padding, dilation, roundsUp)
  }

  /// ``Tensor/avgPool1d(_:stride:padding:roundsUp:countsPadding:)`` that throws instead of trapping.
  public func avgPool1d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) throws(TorchError) -> Tensor {
    try averagePool("avgPool1d", 1, kernelSize, stride, padding, roundsUp, countsPadding)
  }

  /// ``Tensor/avgPool2d(_:stride:padding:roundsUp:countsPadding:)`` that throws instead of trapping.
  public func avgPool2d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) throws(TorchError) -> Tensor {
    try averagePool("avgPool2d", 2, kernelSize, stride, padding, roundsUp, countsPadding)
  }

  /// ``Tensor/avgPool3d(_:stride:padding:roundsUp:countsPadding:)`` that throws instead of trapping.
  public func avgPool3d(
    _ kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) throws(TorchError) -> Tensor {
    try averagePool("avgPool3d", 3, kernelSize, stride, padding, roundsUp, countsPadding)
  }

  /// ``Tensor/adaptiveAvgPool1d(_:)`` that throws instead of trapping.
  public func adaptiveAvgPool1d(_ outputSize: any SpatialValues) throws(TorchError) -> Tensor {
    let size = try SpatialArguments("adaptiveAvgPool1d", 1, tensor).values(outputSize, "outputSize")
    return try produce("adaptiveAvgPool1d", tensor) { ts_adaptive_average_pool($0, 1, size, $1) }
  }

  /// ``Tensor/adaptiveAvgPool2d(_:)`` that throws instead of trapping.
  public func adaptiveAvgPool2d(_ outputSize: any SpatialValues) throws(TorchError) -> Tensor {
    let size = try SpatialArguments("adaptiveAvgPool2d", 2, tensor).values(outputSize, "outputSize")
    return try produce("adaptiveAvgPool2d", tensor) { ts_adaptive_average_pool($0, 2, size, $1) }
  }

  /// ``Tensor/adaptiveAvgPool3d(_:)`` that throws instead of trapping.
  public func adaptiveAvgPool3d(_ outputSize: any SpatialValues) throws(TorchError) -> Tensor {
    let size = try SpatialArguments("adaptiveAvgPool3d", 3, tensor).values(outputSize, "outputSize")
    return try produce("adaptiveAvgPool3d", tensor) { ts_adaptive_average_pool($0, 3, size, $1) }
  }

  /// ``Tensor/adaptiveMaxPool1d(_:)`` that throws instead of trapping.
  public func adaptiveMaxPool1d(_ outputSize: any SpatialValues) throws(TorchError) -> Tensor {
    let size = try SpatialArguments("adaptiveMaxPool1d", 1, tensor).values(outputSize, "outputSize")
    return try produceList("adaptiveMaxPool1d", tensor, count: 2) { ts_adaptive_max_pool($0, 1, size, $1, $2) }[0]
  }

  /// ``Tensor/adaptiveMaxPool2d(_:)`` that throws instead of trapping.
  public func adaptiveMaxPool2d(_ outputSize: any SpatialValues) throws(TorchError) -> Tensor {
    let size = try SpatialArguments("adaptiveMaxPool2d", 2, tensor).values(outputSize, "outputSize")
    return try produceList("adaptiveMaxPool2d", tensor, count: 2) { ts_adaptive_max_pool($0, 2, size, $1, $2) }[0]
  }

  /// ``Tensor/adaptiveMaxPool3d(_:)`` that throws instead of trapping.
  public func adaptiveMaxPool3d(_ outputSize: any SpatialValues) throws(TorchError) -> Tensor {
    let size = try SpatialArguments("adaptiveMaxPool3d", 3, tensor).values(outputSize, "outputSize")
    return try produceList("adaptiveMaxPool3d", tensor, count: 2) { ts_adaptive_max_pool($0, 3, size, $1, $2) }[0]
  }
}

extension CheckedTensor {
  private func maxPool(
    _ operation: StaticString, _ rank: Int, _ kernelSize: any SpatialValues, _ stride: (any SpatialValues)?,
    _ padding: any SpatialValues, _ dilation: any SpatialValues, _ roundsUp: Bool
  ) throws(TorchError) -> Tensor {
    let spatial = SpatialArguments(operation, rank, tensor)
    let kernel = try spatial.positive(kernelSize, "kernelSize")
    let stride = try spatial.positive(stride ?? kernel, "stride")
    let padding = try spatial.values(padding, "padding")
    let dilation = try spatial.positive(dilation, "dilation")
    return try produce(operation, tensor) { ts_max_pool($0, rank, kernel, stride, padding, dilation, roundsUp, $1) }
  }

  private func maxPoolWithIndices(
    _ operation: StaticString, _ rank: Int, _ kernelSize: any SpatialValues, _ stride: (any SpatialValues)?,
    _ padding: any SpatialValues, _ dilation: any SpatialValues, _ roundsUp: Bool
  ) throws(TorchError) -> (values: Tensor, indices: Tensor) {
    let spatial = SpatialArguments(operation, rank, tensor)
    let kernel = try spatial.positive(kernelSize, "kernelSize")
    let stride = try spatial.positive(stride ?? kernel, "stride")
    let padding = try spatial.values(padding, "padding")
    let dilation = try spatial.positive(dilation, "dilation")
    let results = try produceList(operation, tensor, count: 2) {
      ts_max_pool_with_indices($0, rank, kernel, stride, padding, dilation, roundsUp, $1, $2)
    }
    return (results[0], results[1])
  }

  private func averagePool(
    _ operation: StaticString, _ rank: Int, _ kernelSize: any SpatialValues, _ stride: (any SpatialValues)?,
    _ padding: any SpatialValues, _ roundsUp: Bool, _ countsPadding: Bool
  ) throws(TorchError) -> Tensor {
    let spatial = SpatialArguments(operation, rank, tensor)
    let kernel = try spatial.positive(kernelSize, "kernelSize")
    let stride = try spatial.positive(stride ?? kernel, "stride")
    let padding = try spatial.values(padding, "padding")
    return try produce(operation, tensor) {
      ts_average_pool($0, rank, kernel, stride, padding, roundsUp, countsPadding, 0, $1)
    }
  }
}
