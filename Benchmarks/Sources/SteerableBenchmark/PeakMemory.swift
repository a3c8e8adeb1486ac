import ArgumentParser
import Experiments
import Steerable

/// The most memory that the engine's allocator has given out at a time, for a network and two of its training steps.
///
/// The peak of the resident set, which the operating system tells, is read by who started the process.
struct PeakMemory: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Measures the memory of construction and two steps.")
  @Argument(help: "The network.") var network: BenchmarkNetwork
  @Option(help: "Images of a batch.") var batch = 64
  @Option(help: "float32, or bfloat16 for automatic casts.") var precision: Precision = .float32
  @OptionGroup var process: ProcessOptions

  struct Result: Encodable {
    let allocated: Int
    let parameters: Int
  }

  func run() throws {
    process.prepare()
    let (parameters, bytes) = try Torch.peakAllocation {
      let model = try network.makeNetwork(configurations: process.configurations)
      var trainee = Trainee(model, network.makeBatch(of: batch), precision: precision)
      for _ in 0..<2 { _ = trainee.step() }
      return model.parameterCount
    }
    try report(Result(allocated: bytes, parameters: parameters))
  }
}
