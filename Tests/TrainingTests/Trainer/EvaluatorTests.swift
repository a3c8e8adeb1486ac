import Datasets
import Foundation
import Layers
import Tensors
import Testing
import Training

/// Says class 1 where the left half of an image is brighter than the right one, and counts its calls in training mode.
private final class LeftOrRight: Module, Classifier {
  var callsInTraining = 0

  func callAsFunction(_ images: Tensor) -> Tensor {
    if isTraining { callsInTraining += 1 }
    let half = images.shape[3] / 2
    let left = images.narrow(3, start: 0, length: half).mean(along: [1, 2, 3])
    let right = images.narrow(3, start: half, length: half).mean(along: [1, 2, 3])
    return Tensor.stacked([right, left], along: 1)
  }
}

@Suite struct EvaluatorTests {
  /// Four images of 2 × 2 pixels: bright left, bright right, bright left, bright top left.
  private func images(labels: [Int]) throws -> ImageDataset {
    try ImageDataset(
      name: "halves", images: [1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0], labels: labels,
      classNames: ["right", "left"], imageShape: ImageShape(height: 2, width: 2))
  }

  @Test(arguments: [1, 2, 3, 100])
  func confusionCountsEveryImage(batchSize: Int) throws {
    let model = LeftOrRight()
    let result = try #require(Evaluator(batchSize: batchSize).evaluate(model, on: images(labels: [1, 0, 0, 1])))
    #expect(result.confusion == [[1, 1], [0, 2]])
    #expect(result.accuracy == 0.75 && result.count == 4)
    #expect(result.classes[0].recall == 0.5 && result.classes[0].precision == 1)
    #expect(result.classes[1].recall == 1 && abs(result.classes[1].precision - 2 / 3.0) < 1e-12)
    // Scores 0 and 1 (right), but 0 and 0.5 for the last image.
    let sure = log(1 + exp(-1.0))
    let expected = (2 * sure + (sure + 1) + log(1 + exp(-0.5))) / 4
    #expect(abs(result.loss - expected) < 1e-6)
    #expect(model.callsInTraining == 0 && model.isTraining)
  }

  @Test func rotationTurnsTheImages() throws {
    let scores = try #require(
      Evaluator().rotationScores(LeftOrRight(), on: images(labels: [1, 0, 1, 1]), degrees: [0, 180]))
    #expect(scores.map(\.degrees) == [0, 180])
    #expect(scores[0].accuracy == 1 && scores[1].accuracy == 0)
  }

  @Test func workCanBeStopped() throws {
    #expect(Evaluator().evaluate(LeftOrRight(), on: try images(labels: [1, 0, 1, 1])) { true } == nil)
  }

  @Test func normalizationIsApplied() throws {
    let flipped = ImageStatistics(mean: [1], standardDeviation: [0.5])
    let plain = try #require(Evaluator().evaluate(LeftOrRight(), on: images(labels: [1, 0, 1, 1])))
    let scaled = try #require(
      Evaluator(normalization: flipped).evaluate(LeftOrRight(), on: images(labels: [1, 0, 1, 1])))
    #expect(scaled.accuracy == 1 && scaled.loss < plain.loss)
  }
}
