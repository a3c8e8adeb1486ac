public import Datasets
internal import Layers
public import Tensors

/// Runs a network over data sets in evaluation mode, without gradients.
public struct Evaluator: Sendable {
  /// Images at a time.
  public var batchSize: Int
  /// The number format of the forward pass.
  public var precision: Precision
  /// Where the network is.
  public var device: Device
  /// What is subtracted from the images, and what they are divided by.
  public var normalization: ImageStatistics?

  /// Creates an evaluator.
  public init(
    batchSize: Int = 256, precision: Precision = .float32, device: Device = .cpu,
    normalization: ImageStatistics? = nil
  ) {
    self.batchSize = max(1, batchSize)
    self.precision = precision
    self.device = device
    self.normalization = normalization
  }

  /// Classifies all images; `shouldStop` is asked after each batch and ends the work with nil.
  ///
  /// The mode of the model is restored afterwards.
  ///
  /// **Traps**: if the network does not give one score for each class.
  public func evaluate(
    _ model: some Classifier, on dataset: ImageDataset, shouldStop: () -> Bool = { false }
  ) -> Evaluation? {
    let classes = dataset.classNames.count
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var lossSum = 0.0
    let isComplete = model.evaluating {
      withoutGradient {
        for start in stride(from: 0, to: dataset.count, by: batchSize) {
          let indices = Array(start..<min(start + batchSize, dataset.count))
          let labels = indices.map { dataset.labels[$0] }
          let logits = self.logits(model, dataset, indices)
          Torch.require(
            logits.shape == [indices.count, classes],
            "Evaluator: the network gives scores of shape \(logits.shape) for \(indices.count) images of "
              + "\(classes) classes")
          let targets = Tensor(labels, shape: [labels.count], device: device)
          lossSum += crossEntropy(logits: logits, targets: targets).item() * Double(labels.count)
          let predictions = logits.argmax(along: 1).scalars(as: Int.self)
          for (label, prediction) in zip(labels, predictions) { confusion[label][prediction] += 1 }
          if shouldStop() { return false }
        }
        return true
      }
    }
    guard isComplete else { return nil }
    return Evaluation(
      loss: dataset.count == 0 ? 0 : lossSum / Double(dataset.count), confusion: confusion,
      classNames: dataset.classNames)
  }

  /// Classifies the images turned by each angle; `progress` is told the number of angles done.
  ///
  /// **Units**: degrees, counter-clockwise.
  public func rotationScores(
    _ model: some Classifier, on dataset: ImageDataset, degrees: [Double], shouldStop: () -> Bool = { false },
    progress: (Int) -> Void = { _ in }
  ) -> [RotationScore]? {
    var scores: [RotationScore] = []
    for angle in degrees {
      guard let result = evaluate(model, on: dataset.rotated(byDegrees: angle), shouldStop: shouldStop) else {
        return nil
      }
      scores.append(RotationScore(degrees: angle, accuracy: result.accuracy, loss: result.loss))
      progress(scores.count)
    }
    return scores
  }

  private func logits(_ model: some Classifier, _ dataset: ImageDataset, _ indices: [Int]) -> Tensor {
    var values = dataset.gathered(indices)
    normalization?.normalize(&values, imageShape: dataset.imageShape)
    let images = Tensor(values, shape: dataset.imageShape.batch(indices.count), device: device)
    let logits = withAutocast(enabled: precision == .bfloat16) { model(images) }
    return logits.to(.float32)
  }
}
