// Losses compare a batch of predictions with its targets; the smaller, the better.

/// The mean negative logarithm of the probability that softmax gives to the true class.
///
/// Integer targets are class indices, and `ignoredIndex` marks positions that do not count; floating-point targets are
/// probabilities. `labelSmoothing` mixes the targets with the uniform distribution. With `weight` the mean is weighted
/// by the class.
///
/// **Shapes**: logits `[N, C]` or `[N, C, …]`, targets `[N]` or `[N, …]` of integers, or as logits; weight `[C]`; result
/// `[]`, or as integer targets without reduction.
///
/// **Traps**: when shapes do not fit or an index is not a class.
public func crossEntropy(
  logits: Tensor, targets: Tensor, labelSmoothing: Double = 0, weight: Tensor? = nil, ignoredIndex: Int = -100,
  reduction: LossReduction = .mean
) -> Tensor {
  trapping(
    try logits.checked.crossEntropy(
      targets: targets, labelSmoothing: labelSmoothing, weight: weight, ignoredIndex: ignoredIndex,
      reduction: reduction))
}

/// The mean of `-x[class]` for logarithms of probabilities, such as `logSoftmax` gives.
///
/// **Shapes**: logProbabilities `[N, C]` or `[N, C, …]`, targets `[N]` or `[N, …]` of integers, weight `[C]`; result `[]`,
/// or as targets without reduction.
///
/// **Traps**: when shapes do not fit or an index is not a class.
public func negativeLogLikelihood(
  _ logProbabilities: Tensor, targets: Tensor, weight: Tensor? = nil, ignoredIndex: Int = -100,
  reduction: LossReduction = .mean
) -> Tensor {
  trapping(
    try logProbabilities.checked.negativeLogLikelihood(
      targets: targets, weight: weight, ignoredIndex: ignoredIndex, reduction: reduction))
}

/// The mean of `(x - y)²`.
///
/// **Shapes**: both any one shape; result `[]`, or that shape without reduction.
///
/// **Traps**: when the shapes differ; nothing is broadcast.
public func meanSquaredError(_ predictions: Tensor, targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
  trapping(try predictions.checked.meanSquaredError(targets: targets, reduction: reduction))
}

/// The mean of `|x - y|`.
///
/// **Shapes**: both any one shape; result `[]`, or that shape without reduction.
///
/// **Traps**: when the shapes differ; nothing is broadcast.
public func l1Loss(_ predictions: Tensor, targets: Tensor, reduction: LossReduction = .mean) -> Tensor {
  trapping(try predictions.checked.l1Loss(targets: targets, reduction: reduction))
}

/// The mean of `½ d² / beta` where `d = |x - y|` is below `beta`, and of `d - ½ beta` elsewhere.
///
/// **Shapes**: both any one shape; result `[]`, or that shape without reduction.
///
/// **Traps**: when the shapes differ, or `beta` is negative.
public func smoothL1Loss(
  _ predictions: Tensor, targets: Tensor, beta: Double = 1, reduction: LossReduction = .mean
) -> Tensor {
  trapping(try predictions.checked.smoothL1Loss(targets: targets, beta: beta, reduction: reduction))
}

/// The mean of `½ d²` where `d = |x - y|` is below `delta`, and of `delta · (d - ½ delta)` elsewhere.
///
/// **Shapes**: both any one shape; result `[]`, or that shape without reduction.
///
/// **Traps**: when the shapes differ, or `delta` is not positive.
public func huberLoss(
  _ predictions: Tensor, targets: Tensor, delta: Double = 1, reduction: LossReduction = .mean
) -> Tensor {
  trapping(try predictions.checked.huberLoss(targets: targets, delta: delta, reduction: reduction))
}

/// The mean of `-y log x - (1 - y) log(1 - x)` for probabilities x; logarithms are cut at -100.
///
/// **Shapes**: both any one shape, weight broadcasts to it; result `[]`, or that shape without reduction.
///
/// **Traps**: when the shapes differ, or a probability is not in 0…1.
public func binaryCrossEntropy(
  _ probabilities: Tensor, targets: Tensor, weight: Tensor? = nil, reduction: LossReduction = .mean
) -> Tensor {
  trapping(try probabilities.checked.binaryCrossEntropy(targets: targets, weight: weight, reduction: reduction))
}

/// `binaryCrossEntropy` of `sigmoid(logits)`, without overflow; `positiveWeight` multiplies the term of `y = 1`.
///
/// **Shapes**: both any one shape, the weights broadcast to it; result `[]`, or that shape without reduction.
///
/// **Traps**: when the shapes differ.
public func binaryCrossEntropyWithLogits(
  _ logits: Tensor, targets: Tensor, weight: Tensor? = nil, positiveWeight: Tensor? = nil,
  reduction: LossReduction = .mean
) -> Tensor {
  trapping(
    try logits.checked.binaryCrossEntropyWithLogits(
      targets: targets, weight: weight, positiveWeight: positiveWeight, reduction: reduction))
}

/// The pointwise `y · (log y - log x)`: its sum over N samples divided by N is the mean Kullback-Leibler divergence.
///
/// **Shapes**: logProbabilities and targets any one shape; result `[]`, or that shape without reduction. Targets are
/// probabilities, or their logarithms with `logTargets`.
///
/// **Traps**: when the shapes differ.
public func klDivergence(
  _ logProbabilities: Tensor, targets: Tensor, logTargets: Bool = false, reduction: LossReduction = .mean
) -> Tensor {
  trapping(
    try logProbabilities.checked.klDivergence(targets: targets, logTargets: logTargets, reduction: reduction))
}
