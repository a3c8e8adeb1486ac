internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/relu()`` that throws instead of trapping.
  public func relu() throws(TorchError) -> Tensor {
    try produce("relu", tensor) { ts_relu($0, $1) }
  }

  /// ``Tensor/elu(alpha:)`` that throws instead of trapping.
  public func elu(alpha: Double = 1) throws(TorchError) -> Tensor {
    try produce("elu", tensor) { ts_elu($0, alpha, $1) }
  }

  /// ``Tensor/leakyRelu(slope:)`` that throws instead of trapping.
  public func leakyRelu(slope: Double = 0.01) throws(TorchError) -> Tensor {
    try produce("leakyRelu", tensor) { ts_leaky_relu($0, slope, $1) }
  }

  /// ``Tensor/selu()`` that throws instead of trapping.
  public func selu() throws(TorchError) -> Tensor {
    try produce("selu", tensor) { ts_selu($0, $1) }
  }

  /// ``Tensor/silu()`` that throws instead of trapping.
  public func silu() throws(TorchError) -> Tensor {
    try produce("silu", tensor) { ts_silu($0, $1) }
  }

  /// ``Tensor/gelu(approximate:)`` that throws instead of trapping.
  public func gelu(approximate: Bool = false) throws(TorchError) -> Tensor {
    try produce("gelu", tensor) { ts_gelu($0, approximate, $1) }
  }

  /// ``Tensor/softplus(beta:threshold:)`` that throws instead of trapping.
  public func softplus(beta: Double = 1, threshold: Double = 20) throws(TorchError) -> Tensor {
    try produce("softplus", tensor) { ts_softplus($0, beta, threshold, $1) }
  }

  /// ``Tensor/sigmoid()`` that throws instead of trapping.
  public func sigmoid() throws(TorchError) -> Tensor {
    try produce("sigmoid", tensor) { ts_sigmoid($0, $1) }
  }

  /// ``Tensor/logSigmoid()`` that throws instead of trapping.
  public func logSigmoid() throws(TorchError) -> Tensor {
    try produce("logSigmoid", tensor) { ts_log_sigmoid($0, $1) }
  }

  /// ``Tensor/hardtanh(min:max:)`` that throws instead of trapping.
  public func hardtanh(min: Double = -1, max: Double = 1) throws(TorchError) -> Tensor {
    try produce("hardtanh", tensor) { ts_hardtanh($0, min, max, $1) }
  }

  /// ``Tensor/prelu(_:)`` that throws instead of trapping.
  public func prelu(_ slope: Tensor) throws(TorchError) -> Tensor {
    try produce("prelu", tensor, slope) { ts_prelu($0, $1, $2) }
  }

  /// ``Tensor/softmax(along:)`` that throws instead of trapping.
  public func softmax(along dimension: Int) throws(TorchError) -> Tensor {
    try produce("softmax", tensor) { ts_softmax($0, dimension, $1) }
  }

  /// ``Tensor/logSoftmax(along:)`` that throws instead of trapping.
  public func logSoftmax(along dimension: Int) throws(TorchError) -> Tensor {
    try produce("logSoftmax", tensor) { ts_log_softmax($0, dimension, $1) }
  }
}
