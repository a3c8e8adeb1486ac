internal import Datasets
internal import Layers
internal import Optimizers

extension OptimizerOptions {
  /// The optimizer for these parameters.
  func optimizer(for parameters: [NamedParameter]) -> any Optimizer {
    let moments = (betas.first ?? 0.9, betas.last ?? 0.999)
    return switch kind {
    case .sgd:
      SGD(
        parameters, learningRate: learningRate, momentum: momentum, isNesterov: nesterov, weightDecay: weightDecay)
    case .adam:
      Adam(parameters, learningRate: learningRate, betas: moments, epsilon: epsilon, weightDecay: weightDecay)
    case .adamw:
      AdamW(parameters, learningRate: learningRate, betas: moments, epsilon: epsilon, weightDecay: weightDecay)
    }
  }
}

extension AugmentationOptions {
  /// The random changes in their order: rotation, mirroring, cropping, covering.
  ///
  /// What is covered gets the mean of each channel, so that it is zero after normalization.
  func augmentation(normalization: ImageStatistics?) -> Augmentation {
    var steps: [Augmentation.Step] = []
    if rotation > 0 { steps.append(.rotation(maximumDegrees: rotation)) }
    if flips { steps.append(.horizontalFlip(probability: 0.5)) }
    if crop > 0 { steps.append(.crop(padding: crop)) }
    if cutout > 0 { steps.append(.cutout(side: cutout, values: normalization?.mean.map { Float($0) } ?? [0])) }
    return Augmentation(steps)
  }
}
