import ArgumentParser
import Experiments
import Foundation
import Layers
import Training
import WeightExchange

/// `steerable import`: makes a run of weights that e2cnn, escnn or PyTorch trained.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a run of weights that e2cnn, escnn or plain PyTorch trained.",
    discussion: """
      The file is what torch.save(model.state_dict(), …) wrote, or safetensors. It is read as data: nothing in it is \
      executed. Modules are matched with those of the configuration's network by key or in order. e2cnn's weights are \
      taken as they are; escnn's, and the filters of exported networks, are projected onto the steerable kernels. If \
      more than the tolerance of a filter lies outside of them, nothing is written.
      Example: steerable import --from model.pt --config Configs/rotated_mnist/model_notebook.yaml --output runs/imported
      """)

  @Option(help: "File with the weights: .pt, .pth or .safetensors.")
  var from: String

  @Option(help: "Configuration file (YAML) that describes the same network.")
  var config: String

  @Option(name: .customLong("set"), help: ArgumentHelp("Overrides a setting of the file.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(help: "Folder for the run.")
  var output: String

  @Option(help: "Where the state dictionary stands in what was saved, as checkpoint.model; found if left out.")
  var key: String?

  @Option(
    name: .customLong("map"),
    help: ArgumentHelp(
      "Names the module of the file for one of the network; may be repeated.", valueName: "ours=theirs"))
  var maps: [String] = []

  @Option(help: "Largest part of a filter that may lie outside of the steerable kernels.")
  var tolerance = 1e-4

  @Flag(help: "Take weights that come without their basis and filter to be e2cnn's.")
  var trustWeights = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    guard tolerance > 0, tolerance < 1 else {
      throw ValidationError("--tolerance must lie between 0 and 1, found \(tolerance)")
    }
    _ = try modules()
  }

  func run() throws {
    let experiment = try Experiment(path: config, overrides: overrides)
    let weights = try ForeignStateDict(URL(filePath: from), key: key)
    let options = ImportOptions(tolerance: tolerance, modules: try modules(), trustsWeights: trustWeights)
    let (model, report) = try experiment.importWeights(weights, output: output, options: options)
    if json {
      return try Console.json(
        Result(
          run: output, parameters: model.parameterCount, largestResidual: report.largestResidual, layers: report.layers,
          ignored: report.ignored))
    }
    let rows = report.layers.map { layer in
      [
        layer.ours, layer.type, layer.theirs, layer.method.rawValue,
        layer.residual.map { String(format: "%.1e", $0) } ?? "",
      ]
    }
    Console.output(Console.table([["layer", "type", "from", "how", "residual"]] + rows))
    Console.output(
      "\n\(model.parameterCount) weights from \(from); \(report.ignored.count) buffers that follow from them were left "
        + "aside; the run is in \(output)")
  }

  /// The pairs of `--map`.
  private func modules() throws -> [String: String] {
    var modules: [String: String] = [:]
    for map in maps {
      let parts = map.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--map must be ours=theirs, found \"\(map)\"") }
      guard modules.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw ValidationError("--map names \"\(parts[0])\" twice")
      }
    }
    return modules
  }

  /// What `--json` prints.
  struct Result: Encodable {
    let run: String
    let parameters: Int
    let largestResidual: Double
    let layers: [ImportReport.Layer]
    let ignored: [String]
  }
}
