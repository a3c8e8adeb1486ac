import ArgumentParser
import Foundation
import Steerable

/// Forward passes of the exported network: written as TorchScript, read again and prepared for inference.
struct Exported: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Measures forward passes of the exported network.")
  @Argument(help: "The network.") var network: BenchmarkNetwork
  @Option(help: "Images of a batch.") var batch = 64
  @Option(help: "The number format of weights and images.") var precision: Precision = .float32
  @Option(help: "Seconds of measured calls for each size; one is always measured.") var limit = 2.0
  @OptionGroup var process: ProcessOptions

  func run() throws {
    process.prepare()
    let model = try network.makeNetwork(configurations: process.configurations)
    let dtype: DType = precision == .bfloat16 ? .bfloat16 : .float32
    let plain = model.export()
    plain.to(dtype)
    plain.to(.channelsLast)
    let file = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString).pt")
    defer { try? FileManager.default.removeItem(at: file) }
    try exportTorchScript(plain, to: file)
    let script = try TorchScriptModule.load(from: file.path)
    let programs = try [script.frozen(), script.optimizedForInference()]
    func measured(_ count: Int) -> [Double] {
      let images = network.makeBatch(of: count).images.to(dtype).toMemoryFormat(.channelsLast)
      // The engine optimizes a program by what it sees in its first calls. The faster of the two counts, as for the peers.
      let times = programs.map { program in
        withoutGradient { repeated(warmups: 3, limit: limit / 2) { _ = program(images) } }
      }
      return times.min { median($0) < median($1) } ?? []
    }
    try report(Forward.Result(one: measured(1), batch: measured(batch), parameters: model.parameterCount))
  }
}
