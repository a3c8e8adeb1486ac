import Datasets
import Layers
import Tensors
import Testing
import Training

/// Passes values on and counts how often.
private final class Counter: Layer {
  private(set) var count = 0
  override func callAsFunction(_ x: Tensor) -> Tensor {
    count += 1
    return x
  }
}

private final class CountingNet: Module, Classifier {
  let features: Sequential
  let head: Linear
  let counter = Counter()

  override init() {
    var rng = Generator(seed: 4)
    features = Sequential(
      Conv2D(from: 1, to: 4, kernelSize: 3, padding: 1, rng: &rng), BatchNorm2D(4), Activation(.relu), counter)
    head = Linear(from: 4, to: 2, rng: &rng)
    super.init()
  }

  func callAsFunction(_ images: Tensor) -> Tensor { head(features(images).mean(along: [2, 3])) }
}

@Suite struct RecomputeTests {
  private func train(recompute: Bool) throws -> (losses: [Double], passes: Int) {
    var losses: [Double] = []
    let observer = EventHandler { if case .step(let report) = $0 { losses.append(report.loss) } }
    let network = CountingNet()
    let trainer = Trainer(
      model: network, configuration: TrainingConfiguration(epochs: 2, batchSize: 40, recompute: recompute, threads: 1),
      seed: 6, observers: [observer])
    _ = try trainer.fit(stripes(120, seed: 1))
    return (losses, network.counter.count)
  }

  @Test func theOptionComputesBlocksTwice() throws {
    let (kept, again) = try (train(recompute: false), train(recompute: true))
    #expect(kept.passes == 6 && again.passes == 12)
    #expect(kept.losses.count == 6)
    for (a, b) in zip(kept.losses, again.losses) { #expect(abs(a - b) < 1e-5) }
  }
}
