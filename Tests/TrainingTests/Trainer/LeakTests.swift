import Datasets
import Tensors
import Testing
import Training

@Suite struct LeakTests {
  // In a process of its own: the other tests hold tensors at the same time.
  @Test func trainingKeepsNoTensors() async {
    await #expect(processExitsWith: .success) {
      func work() throws {
        let trainer = Trainer(model: StripeNet(seed: 1), configuration: eventfulOptions(epochs: 2), seed: 1)
        _ = try trainer.fit(stripes(32, seed: 1), validation: stripes(16, seed: 2))
        _ = Evaluator().evaluate(trainer.model, on: try stripes(16, seed: 2))
      }
      try work()
      let before = Torch.liveTensorCount
      for _ in 0..<2 { try work() }
      Torch.require(Torch.liveTensorCount == before, "\(Torch.liveTensorCount) tensors live, \(before) before")
    }
  }
}
