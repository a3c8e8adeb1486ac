import ArgumentParser
import Datasets
import EquivariantLayers
import Experiments
import Foundation
import Layers
import Symmetry
import Tensors
import Training

/// `steerable inspect model`: layers, field types, output shapes and parameters.
struct InspectModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Lists a network's layers with their field types, output shapes and parameters.",
    discussion: """
      For partial networks also the group, its elements and the kernels, and the part of the group that each layer uses: what \
      it has learned, with --run.
      """)

  @OptionGroup var source: NetworkSource

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let (experiment, model) = try source.load()
    let result = Result(model, experiment: experiment)
    if json {
      try Console.json(result)
      return
    }
    Console.output("\(result.name): \(result.parameters) parameters\n")
    func shape(_ sizes: [Int]) -> String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }
    let rows =
      [["input", result.input, shape(result.inputShape), ""]]
      + result.layers.map { [$0.name, $0.type, shape($0.outputShape), "\($0.parameters)"] }
    let second = result.sampling == nil ? "fields or settings" : "type"
    Console.output(Console.table([["layer", second, "output", "parameters"]] + rows))
    if let sampling = result.sampling {
      Console.output("\n\(sampling.description)\n")
      Console.output(Console.table(sampling.rows(isTrained: source.isTrained)))
    }
    for warning in result.warnings { Console.output("note: \(warning)") }
  }

  /// What `--json` prints.
  struct Result: Encodable {
    struct LayerRow: Encodable {
      /// What the layer is; for a part of a partial network, where it is.
      let name: String
      /// Its fields or settings; for a part of a partial network, what it is.
      let type: String
      let outputShape: [Int]
      let parameters: Int
    }

    let name: String
    let parameters: Int
    /// The shape that the first layer sees.
    let inputShape: [Int]
    let layers: [LayerRow]
    /// The group of a partial network and what each layer uses of it.
    let sampling: SampledGroup?
    /// Why the symmetries of the pixel grid are not kept exactly, and settings of bases that are probably not meant.
    let warnings: [String]
    /// What the images are, for the table.
    let input: String

    private enum CodingKeys: String, CodingKey { case name, parameters, inputShape, layers, sampling, warnings }

    init(_ model: any ImageClassifier, experiment: Experiment) {
      let configuration = experiment.configuration
      name = configuration.name
      parameters = model.parameterCount
      let image = configuration.data.imageShape
      let side = configuration.model.inputSide ?? image.height
      var shape: Shape = [1, image.channels, side, configuration.model.inputSide ?? image.width]
      inputShape = Array(shape)
      input = side == image.height ? "\(image) images" : "\(image) images, padded to \(side)×\(side)"
      var rows: [LayerRow] = []
      var warnings: [String] = []
      func row(_ module: Module, name: String, type: String) {
        rows.append(
          LayerRow(name: name, type: type, outputShape: Array(shape), parameters: module.parameterCount))
      }
      func row(_ module: Module, _ type: String) { row(module, name: "\(Swift.type(of: module))", type: type) }
      for part in model.steerableLayers?.parts ?? [] {
        if let warning = part.latticeWarning(for: shape) { warnings.append(warning) }
        shape = part.evaluateOutputShape(shape)
        let kernelSize = (part as? R2Conv ?? (part as? WideBasicBlock)?.conv1)?.kernelSize
        let window = kernelSize.map { ", kernel \($0)×\($0)" } ?? ""
        row(part, "\(part.outputType)\(window)")
      }
      for named in model.namedModules {
        guard let warning = (named.module as? SteerableConvolution)?.basisWarning else { continue }
        warnings.append("\(named.key): \(warning)")
      }
      if let partial = model as? PartialClassifier {
        warnings += partial.warnings
        for part in partial.outline(channels: image.channels) {
          shape = part.output
          row(part.module, name: part.name, type: "\(Swift.type(of: part.module))")
        }
      }
      for layer in model.plainLayers {
        shape = layer.outputShape(for: shape)
        row(layer, Self.settings(of: layer))
      }
      layers = rows
      sampling = (model as? PartialClassifier)?.sampling
      self.warnings = warnings
    }

    /// A plain layer's settings without its name, which stands in a column of its own.
    private static func settings(of layer: Layer) -> String {
      var description = ModuleDescription()
      layer.describe(&description)
      return description.text
    }
  }
}
