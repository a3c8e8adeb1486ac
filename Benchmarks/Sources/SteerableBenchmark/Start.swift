import ArgumentParser
import Steerable

/// Tells when the first forward pass and the first training step are done; who started the process takes the time.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Makes a network, runs it once and trains it for one step.")
  @Argument(help: "The network.") var network: BenchmarkNetwork
  @OptionGroup var process: ProcessOptions

  func run() throws {
    // As the command does.
    Torch.retainFreedMemory()
    Torch.threads = process.threads
    let model = try network.makeNetwork(configurations: process.configurations)
    try report(["event": "constructed"])
    model.eval()
    let one = network.makeBatch(of: 1).images
    _ = withoutGradient { model(one) }.sum().item()
    try report(["event": "forward"])
    model.train()
    // Batch norm needs two images.
    var trainee = Trainee(model, network.makeBatch(of: 2))
    _ = trainee.step()
    try report(["event": "step"])
  }
}
