import Datasets
import Layers
import Tensors
import Testing
import Training

/// A network in float64 without batch statistics and random numbers, for comparisons beyond float32.
final class PreciseNet: Module, Classifier {
  let conv: Conv2D
  let head: Linear

  override init() {
    var rng = Generator(seed: 4)
    conv = Conv2D(from: 1, to: 5, kernelSize: 3, padding: 1, rng: &rng)
    head = Linear(from: 5, to: 2, rng: &rng)
    super.init()
    to(.float64)
  }

  func callAsFunction(_ images: Tensor) -> Tensor {
    head(conv(images.to(.float64)).relu().mean(along: [2, 3]))
  }
}

@Suite(.serialized) struct AccumulationTests {
  /// The losses of all steps and the weights that they lead to.
  private func train(_ model: some Predictor, accumulate: Int, batchSize: Int = 50) throws -> [Double] {
    var losses: [Double] = []
    let observer = EventHandler { if case .step(let report) = $0 { losses.append(report.loss) } }
    let trainer = Trainer(
      model: model,
      configuration: TrainingConfiguration(
        epochs: 3, batchSize: batchSize, accumulate: accumulate,
        optimizer: OptimizerOptions(kind: .adamw, learningRate: 0.02, weightDecay: 0.01), gradientClip: 0.5,
        augmentation: AugmentationOptions(rotation: 10, flips: true), threads: 1),
      seed: 6, observers: [observer])
    _ = try trainer.fit(stripes(120, seed: 1))
    return losses
  }

  @Test(arguments: [2, 3, 7, 50]) func partsGiveTheStepOfTheWholeBatch(parts: Int) throws {
    let (whole, divided) = (PreciseNet(), PreciseNet())
    let expected = try train(whole, accumulate: 1)
    let found = try train(divided, accumulate: parts)
    #expect(expected.count == 9 && found.count == 9)
    for (a, b) in zip(expected, found) { #expect(abs(a - b) < 1e-12) }
    for (a, b) in zip(whole.parameters, divided.parameters) {
      #expect((a.parameter.value - b.parameter.value).abs().max().item() < 1e-12, "\(a.key)")
    }
    // The comparison can fail: other batches lead elsewhere.
    #expect(abs(try train(PreciseNet(), accumulate: 1, batchSize: 40)[2] - expected[2]) > 1e-6)
  }

  @Test func batchNormSeesTheParts() throws {
    let (whole, divided) = (StripeNet(seed: 2), StripeNet(seed: 2))
    _ = try train(whole, accumulate: 1)
    _ = try train(divided, accumulate: 4)
    #expect(whole.norm?.batchesTracked?.value.item() == 9)
    #expect(divided.norm?.batchesTracked?.value.item() == 36)
  }

  @Test func morePartsThanImagesAreAnError() throws {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try TrainingConfiguration(
        ConfigurationNode.parse(yaml: "batchSize: 4\naccumulate: 5\n", source: "a.yaml", overrides: []))
    }
    #expect(error?.description == "a.yaml:2: accumulate must be at most the batchSize of 4, found 5")
  }
}
