internal import Datasets
internal import Tensors

/// What the outputs of a network are held to: turns them and a batch into a loss and a score.
enum PredictionObjective {
  /// Cross entropy; the score is the number of correct classes.
  case classification(classes: Int, labelSmoothing: Double)
  /// The mean squared error over images and quantities, which is its own score.
  case regression(quantities: Int)

  init(_ task: PredictionTask, options: TrainingConfiguration) {
    switch task {
    case .classes(let names): self = .classification(classes: names.count, labelSmoothing: options.labelSmoothing)
    case .quantities(let names): self = .regression(quantities: names.count)
    }
  }

  /// What decides which weights are the best where a configuration does not say.
  var defaultMetric: WatchedMetric {
    switch self {
    case .classification: .accuracy
    case .regression: .loss
    }
  }

  /// What a network of other outputs is told; nil if the shape fits.
  func problem(with shape: Shape, images: Int) -> String? {
    switch self {
    case .classification(let classes, _):
      shape == [images, classes]
        ? nil : "the network gives scores of shape \(shape) for \(images) images of \(classes) classes"
    case .regression(let quantities):
      shape == [images, quantities]
        ? nil : "the network gives values of shape \(shape) for \(images) images with \(quantities) quantities each"
    }
  }

  /// The loss of a batch.
  func loss(_ outputs: Tensor, _ batch: LoadedBatch, on device: Device) -> Tensor {
    switch self {
    case .classification(_, let smoothing):
      crossEntropy(logits: outputs, targets: batch.labels(on: device), labelSmoothing: smoothing)
    case .regression: meanSquaredError(outputs, targets: batch.quantities(on: device))
    }
  }

  /// How many images were told right; nil where there is no right and wrong.
  func correct(_ outputs: Tensor, _ batch: LoadedBatch) -> Int? {
    guard case .classification = self else { return nil }
    let predictions = withoutGradient { outputs.argmax(along: 1).scalars(as: Int.self) }
    return zip(predictions, batch.classLabels).count { $0 == $1 }
  }
}
