import Steerable

/// A network with a batch and an optimizer.
struct Trainee {
  private let forward: (Tensor) -> Tensor
  private let images: Tensor
  private let labels: Tensor
  private let precision: Precision
  private var adam: Adam

  init<Model: Module>(
    _ model: Model, _ batch: (images: Tensor, labels: Tensor), precision: Precision = .float32,
    forward: @escaping (Tensor) -> Tensor
  ) {
    self.forward = forward
    (images, labels) = batch
    self.precision = precision
    adam = Adam(model.parameters, learningRate: 1e-3)
  }

  /// A whole training step up to the value of the loss; returns its seconds.
  mutating func step() -> Double {
    seconds {
      let loss = withAutocast(enabled: precision == .bfloat16) {
        crossEntropy(logits: forward(images), targets: labels)
      }
      adam.step { loss.backward() }
      let value = loss.item()
      Torch.require(value.isFinite, "the loss of a measured step is \(value)")
    }
  }
}
