internal import CTorchShim

extension CheckedTensor {
  /// ``crossEntropy(logits:targets:labelSmoothing:weight:ignoredIndex:reduction:)`` that throws instead of trapping.
  public func crossEntropy(
    targets: Tensor, labelSmoothing: Double = 0, weight: Tensor? = nil, ignoredIndex: Int = -100,
    reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try produce("crossEntropy", tensor, try classIndices(targets), weight) {
      ts_cross_entropy($0, $1, $2, reduction.rawValue, ignoredIndex, labelSmoothing, $3)
    }
  }

  /// ``negativeLogLikelihood(_:targets:weight:ignoredIndex:reduction:)`` that throws instead of trapping.
  public func negativeLogLikelihood(
    targets: Tensor, weight: Tensor? = nil, ignoredIndex: Int = -100, reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try produce("negativeLogLikelihood", tensor, try classIndices(targets), weight) {
      ts_negative_log_likelihood($0, $1, $2, reduction.rawValue, ignoredIndex, $3)
    }
  }

  /// ``meanSquaredError(_:targets:reduction:)`` that throws instead of trapping.
  public func meanSquaredError(targets: Tensor, reduction: LossReduction = .mean) throws(TorchError) -> Tensor {
    try produce("meanSquaredError", tensor, targets) { ts_mean_squared_error($0, $1, reduction.rawValue, $2) }
  }

  /// ``l1Loss(_:targets:reduction:)`` that throws instead of trapping.
  public func l1Loss(targets: Tensor, reduction: LossReduction = .mean) throws(TorchError) -> Tensor {
    try produce("l1Loss", tensor, targets) { ts_l1_loss($0, $1, reduction.rawValue, $2) }
  }

  /// ``smoothL1Loss(_:targets:beta:reduction:)`` that throws instead of trapping.
  public func smoothL1Loss(
    targets: Tensor, beta: Double = 1, reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try produce("smoothL1Loss", tensor, targets) { ts_smooth_l1_loss($0, $1, reduction.rawValue, beta, $2) }
  }

  /// ``huberLoss(_:targets:delta:reduction:)`` that throws instead of trapping.
  public func huberLoss(
    targets: Tensor, delta: Double = 1, reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try produce("huberLoss", tensor, targets) { ts_huber_loss($0, $1, reduction.rawValue, delta, $2) }
  }

  /// ``binaryCrossEntropy(_:targets:weight:reduction:)`` that throws instead of trapping.
  public func binaryCrossEntropy(
    targets: Tensor, weight: Tensor? = nil, reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try produce("binaryCrossEntropy", tensor, targets, weight) {
      ts_binary_cross_entropy($0, $1, $2, reduction.rawValue, $3)
    }
  }

  /// ``binaryCrossEntropyWithLogits(_:targets:weight:positiveWeight:reduction:)`` that throws instead of trapping.
  public func binaryCrossEntropyWithLogits(
    targets: Tensor, weight: Tensor? = nil, positiveWeight: Tensor? = nil, reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try withExtendedLifetime(positiveWeight?.handle) { () throws(TorchError) -> Tensor in
      try produce("binaryCrossEntropyWithLogits", tensor, targets, weight) {
        ts_binary_cross_entropy_with_logits($0, $1, $2, positiveWeight?.pointer, reduction.rawValue, $3)
      }
    }
  }

  /// ``klDivergence(_:targets:logTargets:reduction:)`` that throws instead of trapping.
  public func klDivergence(
    targets: Tensor, logTargets: Bool = false, reduction: LossReduction = .mean
  ) throws(TorchError) -> Tensor {
    try produce("klDivergence", tensor, targets) {
      ts_kl_divergence($0, $1, reduction.rawValue, logTargets, $2)
    }
  }

  /// Class indices in the engine's only type for them; anything else as it is.
  private func classIndices(_ targets: Tensor) throws(TorchError) -> Tensor {
    switch targets.dtype {
    case .int32, .int16, .int8, .uint8:
      try produce("crossEntropy", targets) { ts_to_dtype($0, DType.int64.code, $1) }
    default: targets
    }
  }
}
