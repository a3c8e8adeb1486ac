import ArgumentParser
import Steerable

/// Forward passes of the steerable network itself in evaluation mode, for one image and for a batch.
struct Forward: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Measures forward passes in evaluation mode.")
  @Argument(help: "The network.") var network: BenchmarkNetwork
  @Option(help: "Images of a batch.") var batch = 64
  @Option(help: "Seconds of measured calls for each size; one is always measured.") var limit = 2.0
  @OptionGroup var process: ProcessOptions

  struct Result: Encodable {
    let one: [Double]
    let batch: [Double]
    let parameters: Int
  }

  func run() throws {
    process.prepare()
    let model = try network.makeNetwork(configurations: process.configurations)
    model.eval()
    func measured(_ count: Int) -> [Double] {
      let images = network.makeBatch(of: count).images
      return withoutGradient { repeated(limit: limit) { _ = model(images) } }
    }
    try report(Result(one: measured(1), batch: measured(batch), parameters: model.parameterCount))
  }
}
