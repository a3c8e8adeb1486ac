import ArgumentParser
import Steerable

/// The construction of a layer or a network, initialization included, in a process that has built nothing before.
struct Construct: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Measures the construction of a layer or network.")
  @Argument(help: "A layer or network.") var subject: String
  @OptionGroup var process: ProcessOptions

  struct Result: Encodable {
    let seconds: [Double]
    let parameters: Int
  }

  func run() throws {
    process.prepare()
    var module: Module?
    let time: Double
    if let layer = BenchmarkLayer(rawValue: subject) {
      time = seconds { module = layer.make() }
    } else if let network = BenchmarkNetwork(rawValue: subject) {
      // A file is read before: the originals are told their layers in the program.
      let configuration = try network.readConfiguration(from: process.configurations)
      time = try seconds { module = try network.makeNetwork(configuration) }
    } else {
      let names = BenchmarkLayer.allCases.map(\.rawValue) + BenchmarkNetwork.allCases.map(\.rawValue)
      throw ValidationError("'\(subject)' is no layer or network; there are \(names.joined(separator: ", "))")
    }
    try report(Result(seconds: [time], parameters: module?.parameterCount ?? 0))
  }
}
