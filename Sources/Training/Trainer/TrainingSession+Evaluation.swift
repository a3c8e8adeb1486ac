internal import Datasets
internal import Layers

extension TrainingSession {
  /// The loss and accuracy of the validation images, which the processes of a team share.
  func evaluate() throws(TrainingError) -> (loss: Double, accuracy: Double?)? {
    guard let validation else { return nil }
    let (rank, size) = (team?.rank ?? 0, team?.size ?? 1)
    let share = rank * validation.count / size..<(rank + 1) * validation.count / size
    guard let result = score(of: validation, share: share) else { return nil }
    guard let team else { return result }
    let weight = Double(share.count) / Double(validation.count)
    let sums = try team.sum([result.loss * weight, (result.accuracy ?? 0) * weight])
    return (sums[0], result.accuracy.map { _ in sums[1] })
  }

  private func score(
    of validation: any PredictionImages, share: Range<Int>
  ) -> (loss: Double, accuracy: Double?)? {
    let evaluator = Evaluator(
      batchSize: max(options.batchSize, 256), precision: options.precision, device: trainer.device,
      normalization: trainer.normalization)
    return averaged {
      if let images = validation as? ImageDataset {
        return evaluator.evaluate(model, on: changed(images), share: share).map { ($0.loss, $0.accuracy) }
      }
      return evaluator.regression(model, on: validation, share: share).map { ($0.meanSquaredError, nil) }
    }
  }

  /// The validation images, changed at random where the options ask for it.
  private func changed(_ images: ImageDataset) -> ImageDataset {
    guard options.augmentation.validation else { return images }
    // The constant keeps these changes apart from those of the training images.
    return images.augmented(
      by: options.augmentation.augmentation(normalization: trainer.normalization),
      seed: trainer.seed ^ 0x3C3C_0F0F_A5A5_6969, epoch: state.epochs)
  }
}
