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
    _ model: some Predictor, on dataset: ImageDataset, shouldStop: () -> Bool = { false }
  ) -> Evaluation? {
    evaluate(model, on: dataset, share: 0..<dataset.count, shouldStop: shouldStop)
  }

  /// Classifies some of the images.
  func evaluate(
    _ model: some Predictor, on dataset: ImageDataset, share: Range<Int>, shouldStop: () -> Bool = { false }
  ) -> Evaluation? {
    let classes = dataset.classNames.count
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var lossSum = 0.0
    let isComplete = model.evaluating {
      withoutGradient {
        for start in stride(from: share.lowerBound, to: share.upperBound, by: batchSize) {
          let indices = Array(start..<min(start + batchSize, share.upperBound))
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
      loss: share.isEmpty ? 0 : lossSum / Double(share.count), confusion: confusion,
      classNames: dataset.classNames)
  }

  /// Classifies the images turned by each angle; `progress` is told the number of angles done.
  ///
  /// **Units**: degrees, counter-clockwise.
  public func rotationScores(
    _ model: some Predictor, on dataset: ImageDataset, degrees: [Double], shouldStop: () -> Bool = { false },
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

  /// Predicts the quantities of all images; `shouldStop` is asked after each batch and ends the work with nil.
  ///
  /// The mode of the model is restored afterwards.
  ///
  /// **Traps**: if the images have classes, or the network does not give one value for each quantity.
  public func regression(
    _ model: some Predictor, on dataset: some PredictionImages, shouldStop: () -> Bool = { false }
  ) -> RegressionEvaluation? {
    regression(model, on: dataset, share: 0..<dataset.count, shouldStop: shouldStop)
  }

  /// Predicts the quantities of some of the images.
  func regression(
    _ model: some Predictor, on dataset: some PredictionImages, share: Range<Int>, shouldStop: () -> Bool = { false }
  ) -> RegressionEvaluation? {
    guard case .quantities(let names) = dataset.task else {
      Torch.fail(op: "Evaluator.regression", "the images of \(dataset.name) have classes, not quantities")
    }
    var sums = RegressionEvaluation.Sums(names: names)
    let isComplete = model.evaluating {
      withoutGradient {
        for start in stride(from: share.lowerBound, to: share.upperBound, by: batchSize) {
          let batch = dataset.batch(Array(start..<min(start + batchSize, share.upperBound)))
          guard case .quantities(let targets) = batch.targets else { return true }
          let count = targets.count / names.count
          let outputs = outputs(model, batch.values, dataset.imageShape, count)
          Torch.require(
            outputs.shape == [count, names.count],
            "Evaluator: the network gives values of shape \(outputs.shape) for \(count) images with \(names.count) "
              + "quantities each")
          sums.add(predictions: outputs.scalars(as: Double.self), targets: targets.map(Double.init))
          if shouldStop() { return false }
        }
        return true
      }
    }
    return isComplete ? RegressionEvaluation(sums) : nil
  }

  private func logits(_ model: some Predictor, _ dataset: ImageDataset, _ indices: [Int]) -> Tensor {
    outputs(model, dataset.gathered(indices), dataset.imageShape, indices.count)
  }

  private func outputs(_ model: some Predictor, _ values: [Float], _ imageShape: ImageShape, _ count: Int) -> Tensor {
    var values = values
    normalization?.normalize(&values, imageShape: imageShape)
    let images = Tensor(values, shape: imageShape.batch(count), device: device)
    return withAutocast(enabled: precision == .bfloat16) { model(images) }.to(.float32)
  }
}
