import ArgumentParser
import Foundation
import PartialEquivariance
import Steerable

/// Training steps of the residual network of Docs/partial-equivariance.md on rotated MNIST's shapes: `peer/` has the same
/// network in PyTorch and runs both in turn.
@main
struct PartialStepBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures training steps of a CKResNet-32, or writes one step's numbers for comparison.",
    subcommands: [Measure.self, Save.self])

  /// Whether the network learns its equivariance.
  enum Case: String, ExpressibleByArgument, CaseIterable { case full, partial }

  enum Precision: String, ExpressibleByArgument, CaseIterable { case float32, bfloat16 }

  /// A network with its first batch.
  struct Setting {
    let network: CKResNet
    let images: Tensor
    let labels: Tensor

    /// The network of the configurations `Configs/partial/rotmnist/ck_se2_{full,partial}.yaml`, on random images.
    init(_ kind: Case, batch: Int, isDeterministic: Bool = false) throws {
      var rng = Generator(seed: 0)
      let sampling = GroupSampling(
        .so2, count: 8, method: isDeterministic && kind == .full ? .deterministic : .random,
        perLayer: !isDeterministic || kind == .partial)
      let options = NetworkOptions(
        hidden: 32, widths: [1, 2], poolBlocks: [0, 1], sampling: sampling, isPartial: kind == .partial,
        kernel: ContinuousKernel(.siren, hidden: 32, layers: 3, omega0: 10, scale: .original), kernelSize: .pixels(7),
        monotonicityWeight: 0.001)
      network = try CKResNet(options, channels: 1, side: 28, classes: 10, rng: &rng)
      images = Tensor.randn([batch, 1, 28, 28], using: &rng)
      labels = Tensor((0..<batch).map { $0 % 10 }, shape: [batch])
    }

    func loss() -> Tensor {
      let loss = crossEntropy(logits: network(images), targets: labels)
      return network.penalty.map { loss + $0 } ?? loss
    }
  }

  /// Prints `ready`, then the seconds of each step.
  struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measures training steps.")
    @Option(help: "full or partial.") var network: Case = .full
    @Option(help: "float32, or bfloat16 for automatic casts.") var precision: Precision = .float32
    @Option(help: "Steps after the first.") var steps = 3
    @Option(help: "Images of a batch.") var batch = 64
    @Option(help: "Threads.") var threads = 1

    func run() throws {
      // As the command does.
      Torch.retainFreedMemory()
      Torch.threads = threads
      let setting = try Setting(network, batch: batch)
      var adam = Adam(setting.network.parameters, learningRate: 1e-3)
      report("ready")
      for step in 0...steps {
        let start = ContinuousClock.now
        let loss = withAutocast(enabled: precision == .bfloat16) { setting.loss() }
        adam.step { loss.backward() }
        let value = loss.item()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        report(step == 0 ? "first \(seconds) \(value)" : "step \(seconds) \(value)")
      }
    }

    private func report(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
  }

  /// Writes weights, batch, loss and gradients of one step with fixed elements.
  struct Save: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes one step's numbers as safetensors.")
    @Option(help: "full or partial.") var network: Case = .full
    @Option(help: "Images of a batch.") var batch = 4
    @Argument(help: "The file to write.") var file: String

    func run() throws {
      let setting = try Setting(network, batch: batch, isDeterministic: true)
      // A partial network has repeatable elements in evaluation alone.
      if network == .partial { setting.network.eval() }
      for sampler in setting.network.learnedSamplers { sampler.support?.assign(Tensor([0.7 as Float])) }
      var contents = setting.network.stateDict().entries.mapValues { $0.detach().clone() }
      let loss = setting.loss()
      setting.network.zeroGradients()
      loss.backward()
      contents["images"] = setting.images
      contents["labels"] = setting.labels
      contents["loss"] = loss.detach()
      for named in setting.network.parameters { contents["gradient." + named.key] = named.parameter.grad }
      try Safetensors.write(
        contents, metadata: ["parameters": "\(setting.network.parameterCount)"], to: URL(filePath: file))
    }
  }
}
