internal import Datasets
internal import Layers
internal import Optimizers

extension OptimizerOptions {
  /// The optimizer for a model's parameters, in the groups that the model asks for.
  func optimizer(for model: any Predictor) -> any Optimizer {
    let groups =
      (model as? any TrainingObjective)?.parameterGroups(learningRate: learningRate)
      ?? [ParameterGroup(model.parameters)]
    let moments = (betas.first ?? 0.9, betas.last ?? 0.999)
    return switch kind {
    case .sgd:
      SGD(
        groups: groups, learningRate: learningRate, momentum: momentum, isNesterov: nesterov, weightDecay: weightDecay)
    case .adam:
      Adam(
        groups: groups, learningRate: learningRate, betas: moments, epsilon: epsilon, weightDecay: weightDecay)
    case .adamw:
      AdamW(
        groups: groups, learningRate: learningRate, betas: moments, epsilon: epsilon, weightDecay: weightDecay)
    }
  }
}

extension AugmentationOptions {
  /// The random changes in their order: an affine map, mirroring, cropping, covering.
  ///
  /// What is covered gets the mean of each channel, so that it is zero after normalization.
  func augmentation(normalization: ImageStatistics?) -> Augmentation {
    var steps: [Augmentation.Step] = []
    if scale > 0 || shear > 0 || (rotation > 0 && interpolation != .bilinear) {
      steps.append(.affine(AffineRange(rotation: rotation, scale: scale, shear: shear, interpolation: interpolation)))
    } else if rotation > 0 {
      steps.append(.rotation(maximumDegrees: rotation))
    }
    if flips { steps.append(.horizontalFlip(probability: 0.5)) }
    if crop > 0 { steps.append(.crop(padding: crop)) }
    if cutout > 0 { steps.append(.cutout(side: cutout, values: normalization?.mean.map { Float($0) } ?? [0])) }
    return Augmentation(steps)
  }
}
