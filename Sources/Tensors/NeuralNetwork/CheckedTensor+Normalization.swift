internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/batchNorm(mean:variance:weight:bias:epsilon:)`` that throws instead of trapping.
  public func batchNorm(
    mean: Tensor, variance: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try batchNorm(mean, variance, weight, bias, isTraining: false, momentum: 0, epsilon)
  }

  /// ``Tensor/batchNorm(weight:bias:epsilon:)`` that throws instead of trapping.
  public func batchNorm(
    weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try batchNorm(nil, nil, weight, bias, isTraining: true, momentum: 0, epsilon)
  }

  /// ``Tensor/batchNorm(updatingMean:variance:weight:bias:momentum:epsilon:)`` that throws instead of trapping.
  package func batchNorm(
    updatingMean mean: Tensor, variance: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, momentum: Double = 0.1,
    epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try batchNorm(mean, variance, weight, bias, isTraining: true, momentum: momentum, epsilon)
  }

  /// ``Tensor/layerNorm(shape:weight:bias:epsilon:)`` that throws instead of trapping.
  public func layerNorm(
    shape: Shape, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try produce("layerNorm", tensor, optionally: weight, bias) {
      ts_layer_norm($0, shape.dimensions, shape.rank, $1, $2, epsilon, $3)
    }
  }

  /// ``Tensor/groupNorm(groups:weight:bias:epsilon:)`` that throws instead of trapping.
  public func groupNorm(
    groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try SpatialArguments("groupNorm", 0, tensor).require(groups > 0, "groups is \(groups); it must be positive")
    return try produce("groupNorm", tensor, optionally: weight, bias) { ts_group_norm($0, groups, $1, $2, epsilon, $3) }
  }

  /// ``Tensor/instanceNorm(weight:bias:epsilon:)`` that throws instead of trapping.
  public func instanceNorm(
    weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Double = 1e-5
  ) throws(TorchError) -> Tensor {
    try produce("instanceNorm", tensor, optionally: weight, bias) { ts_instance_norm($0, $1, $2, epsilon, $3) }
  }
}

extension CheckedTensor {
  private func batchNorm(
    _ mean: Tensor?, _ variance: Tensor?, _ weight: Tensor?, _ bias: Tensor?, isTraining: Bool, momentum: Double,
    _ epsilon: Double
  ) throws(TorchError) -> Tensor {
    try withExtendedLifetime((mean?.handle, variance?.handle)) { () throws(TorchError) -> Tensor in
      try produce("batchNorm", tensor, optionally: weight, bias) {
        ts_batch_norm($0, $1, $2, mean?.pointer, variance?.pointer, isTraining, momentum, epsilon, $3)
      }
    }
  }
}
