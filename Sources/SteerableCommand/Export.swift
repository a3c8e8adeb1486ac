import ArgumentParser
import Experiments
import Foundation
import Interchange
import Layers
import Training

/// `steerable export`: writes a trained network as a plain one.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a trained network as plain layers that other systems load.",
    discussion: """
      The filters are expanded and the batch norms folded, so the exported network is an ordinary CNN with the same output.
      torchscript loads with torch.jit.load in Python; safetensors holds the plain weights.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case safetensors
    case torchscript
  }

  @Option(name: .customLong("run"), help: "Folder of a run.")
  var runFolder: String

  @Option(help: "safetensors or torchscript.")
  var format: Format

  @Option(help: "File to write.")
  var output: String

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let folder = try RunDirectory.open(at: runFolder)
    let model = try Experiment(run: folder).makeModel()
    try folder.loadWeights(into: model)
    model.eval()
    let plain = model.export()
    plain.eval()
    let url = URL(fileURLWithPath: output)
    try Self.prepareFolder(for: url)
    switch format {
    case .torchscript: try exportTorchScript(plain, to: url)
    case .safetensors:
      try Safetensors.write(
        plain.stateDict().entries, metadata: ["format": "swift-steerable exported network", "layers": "\(plain)"], to: url)
    }
    if json {
      try Console.json(Result(file: output, format: format.rawValue, parameters: plain.parameterCount))
    } else {
      Console.output("\(output): \(plain.parameterCount) weights as \(format.rawValue)")
    }
  }

  private static func prepareFolder(for url: URL) throws {
    let parent = url.deletingLastPathComponent()
    guard FileManager.default.fileExists(atPath: parent.path) else {
      throw Failure.input("--output \(url.path): the folder \(parent.path) does not exist")
    }
  }

  /// What `--json` prints.
  struct Result: Encodable {
    let file: String
    let format: String
    let parameters: Int
  }
}
