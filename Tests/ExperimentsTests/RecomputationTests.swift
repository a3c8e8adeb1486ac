import Datasets
import Experiments
import Layers
import Tensors
import Testing
import Training

/// Networks whose blocks are computed again in the backward pass, beside the same networks that keep everything.
@Suite struct RecomputationTests {
  static let networks = [
    "kind: steerable-cnn, group: C8, head: [8], dropout: 0.2, \(blocks("fields: 2 regular"))",
    "kind: plain-cnn, head: [8], dropout: 0.2, \(blocks("channels: 16"))",
    "kind: steerable-wide-resnet, depth: 16, widen: 1, rotations: 4, restriction: 1, dropout: 0.3",
    "kind: wide-resnet, depth: 16, widen: 1, dropout: 0.3",
    partial("ck-resnet", "widths: [1, 1, 1], poolBlocks: [1]"),
    partial("gcnn", "widths: [1, 1, 1, 1, 1, 1], poolBlocks: [6], dropoutBlocks: [1, 4]"),
    partial(
      "ck-resnet", "widths: [1, 1, 1], poolBlocks: [1]",
      group: "{name: E2, samples: 8, partial: true, gateGradient: presence}"),
  ]

  private static func blocks(_ channels: String) -> String {
    "blocks: [\(Array(repeating: "{\(channels), kernelSize: 3, padding: 1}", count: 6).joined(separator: ", "))]"
  }

  private static func partial(
    _ kind: String, _ more: String,
    group: String = "{name: E2, samples: 4, sampling: random, partial: true, perBatchElement: true}"
  ) -> String {
    "kind: \(kind), hidden: 4, \(more), dropout: 0.2, "
      + "group: \(group), "
      + "kernel: {kind: siren, hidden: 4, size: 3}, losses: {kernelNorm: 0.01, monotonicity: 0.1}"
  }

  private static func network(_ model: String, _ dtype: DType = .float64) throws -> any ImagePredictor {
    let experiment = try Experiment(
      yaml: "name: tiny\nseed: 4\ndata: {kind: simulated-galaxies, imageSide: 17}\nmodel: {\(model)}\n",
      source: "a.yaml")
    let network = try experiment.makeModel()
    network.to(dtype)
    return network
  }

  /// Adds the gradients of one step, and gives its loss.
  private static func step(_ network: any ImagePredictor, images: Int, recomputing: Bool) -> Double {
    var rng = Generator(seed: 7)
    let x = Tensor.rand([images, 1, 17, 17], using: &rng, dtype: network.parameters[0].parameter.value.dtype)
    let labels = Tensor((0..<images).map { $0 % 2 }, shape: [images])
    var loss = crossEntropy(logits: withRecomputation(enabled: recomputing) { network(x) }, targets: labels)
    if let penalty = (network as? any TrainingObjective)?.penalty { loss = loss + penalty }
    loss.backward()
    return loss.item()
  }

  @Test(arguments: networks) func theStepIsTheSame(_ model: String) throws {
    let (kept, again) = try (Self.network(model), Self.network(model))
    var losses: [Double] = []
    for _ in 0..<2 {
      let loss = Self.step(kept, images: 6, recomputing: false)
      #expect(abs(Self.step(again, images: 6, recomputing: true) - loss) < 1e-12)
      losses.append(loss)
    }
    // Other random numbers, so other losses: what is drawn again is drawn from the right place.
    #expect(abs(losses[0] - losses[1]) > 1e-6)
    #expect(kept.generatorStates == again.generatorStates)
    for (a, b) in zip(kept.parameters, again.parameters) {
      guard let gradient = a.parameter.grad, let other = b.parameter.grad else {
        #expect(a.parameter.grad == nil && b.parameter.grad == nil, "\(a.key) has a gradient one way only")
        continue
      }
      let scale = max(1, gradient.abs().max().item())
      #expect((gradient - other).abs().max().item() <= 1e-12 * scale, "\(a.key)")
    }
    // Statistics moved once for each step.
    for (a, b) in zip(kept.buffers, again.buffers) {
      let difference = (a.buffer.value - b.buffer.value).to(.float64).abs().max().item()
      #expect(difference <= 1e-12, "\(a.key) differs by \(difference)")
    }
  }

  @Test(arguments: networks) func lessIsKept(_ model: String) throws {
    func peak(recomputing: Bool) throws -> Double {
      // In float64, convolutions take more for their columns than the maps are.
      let network = try Self.network(model, .float32)
      // Gradients of parameters are there in both.
      _ = Self.step(network, images: 2, recomputing: recomputing)
      return Double(Torch.peakAllocation { _ = Self.step(network, images: 24, recomputing: recomputing) }.bytes)
    }
    let (kept, again) = try (peak(recomputing: false), peak(recomputing: true))
    #expect(again < 0.75 * kept, "\(Int(again)) of \(Int(kept)) bytes: \(again / kept)")
  }
}
