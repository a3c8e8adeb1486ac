import ArgumentParser
import Steerable

/// Whole training steps with Adam.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Measures training steps with Adam.")
  @Argument(help: "The network.") var network: BenchmarkNetwork
  @Option(help: "Images of a batch.") var batch = 64
  @Option(help: "float32, or bfloat16 for automatic casts.") var precision: Precision = .float32
  @Option(help: "Seconds of measured steps; one is always measured.") var limit = 3.0
  @OptionGroup var process: ProcessOptions

  func run() throws {
    process.prepare()
    let model = try network.makeNetwork(configurations: process.configurations)
    var trainee = Trainee(model, network.makeBatch(of: batch), precision: precision)
    let times = repeated(limit: limit) { _ = trainee.step() }
    try report(Construct.Result(seconds: times, parameters: model.parameterCount))
  }
}
