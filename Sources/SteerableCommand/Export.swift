import ArgumentParser
import Datasets
import Experiments
import Foundation
import Interchange
import Layers
import ModelExport
import OrderedCollections
import Tensors
import Training
import WeightExchange

/// `steerable export`: writes a trained network as a plain one.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a trained network as plain layers that other systems load.",
    discussion: """
      The filters are expanded and the batch norms folded, so the exported network is an ordinary CNN with the same output.
      onnx runs with onnxruntime and most other engines (opset \(ONNX.operatorSet), any number of images), torchscript \
      loads with torch.jit.load in Python; safetensors holds the plain weights. state-dict keeps the network \
      steerable: with --like, the state_dict() of the same network in e2cnn or escnn, it writes one (as safetensors) that \
      loads there with load_state_dict. Partial and Augerino networks are written on the fixed elements of a test, whatever \
      elements the configuration draws.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case onnx
    case safetensors
    case torchscript
    case stateDict = "state-dict"
  }

  @Option(name: .customLong("run"), help: ArgumentHelp("Folder of a run.", valueName: "folder"))
  var runFolder: String

  @Option(help: "The format of the file.")
  var format: Format

  @Option(help: ArgumentHelp("File to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "For state-dict, where it is required: a state_dict() of the network in the other library, trained or not.",
      valueName: "file"))
  var like: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    if format == .stateDict, like == nil { throw ValidationError("--format state-dict needs --like FILE") }
    if format != .stateDict, like != nil { throw ValidationError("--like belongs to --format state-dict") }
  }

  func run() throws {
    let url = URL(fileURLWithPath: output)
    try OutputFile.check(output, at: url)
    let folder = try RunDirectory.open(at: runFolder)
    let experiment = try Experiment(run: folder)
    let data = experiment.configuration.data
    let image = data.imageShape
    let model = try experiment.makeModel()
    try folder.loadWeights(into: model)
    model.eval()
    if let like { return try exportState(of: model, like: like, to: url) }
    let plain = model.export()
    plain.eval()
    let note = Self.note(about: model)
    switch format {
    case .onnx:
      let sample: Shape = [image.channels, image.height, image.width]
      try exportONNX(plain, sampleShape: sample, metadata: try Self.metadata(of: plain, data, folder), to: url)
    case .torchscript: try exportTorchScript(plain, to: url)
    case .safetensors, .stateDict:
      let metadata = try Self.metadata(of: plain, data, folder)
      try Safetensors.write(
        plain.stateDict().entries, metadata: Dictionary(uniqueKeysWithValues: Array(metadata)), to: url)
    }
    if json {
      try Console.json(
        Result(
          file: output, format: format.rawValue, parameters: plain.parameterCount,
          inputShape: [image.channels, image.height, image.width], classNames: data.classNames,
          normalization: data.statistics, note: note))
    } else {
      let reader =
        switch format {
        case .onnx: "onnxruntime.InferenceSession(\"\(output)\") in Python"
        case .safetensors, .stateDict: "any reader of safetensors"
        case .torchscript: "torch.jit.load(\"\(output)\") in Python"
        }
      Console.output(
        "\(output): a plain network with \(plain.parameterCount) weights, for \(reader); "
          + "[N, \(image.channels), \(image.height), \(image.width)] images in, [N, \(data.task.outputs)] \(Self.outputs(of: data)) out"
      )
      if let statistics = data.statistics {
        Console.output(
          "note: it expects images of values from 0 to 1, less \(statistics.mean) and divided by "
            + "\(statistics.standardDeviation), channel by channel")
      }
      if let note { Console.output("note: \(note)") }
    }
  }

  /// How the file differs from the tests of the run; nil if it does not.
  private static func note(about model: any ImageClassifier) -> String? {
    guard let sampling = (model as? PartialClassifier)?.sampling, sampling.isDrawnInTests else { return nil }
    return
      "the configuration draws the group elements of tests (evaluation: \(sampling.evaluation)); the file has fixed ones, "
      + "those of evaluation: fixed, and may score differently"
  }

  /// What the outputs are.
  private static func outputs(of data: DataConfiguration) -> String {
    switch data.task {
    case .classes: "logits"
    case .quantities(let names): "quantities (\(names.joined(separator: ", ")))"
    }
  }

  /// Writes the weights under the keys of another library's network.
  private func exportState(of model: any ImageClassifier, like template: String, to url: URL) throws {
    let (tensors, report) = try model.exportState(like: ForeignStateDict(URL(filePath: template)))
    try Safetensors.write(tensors, metadata: ["format": "pt"], to: url)
    if json { return try Console.json(report) }
    Console.output(
      String(
        format: "%@: %d tensors under the keys of %@, largest residual %.1e; in Python, "
          + "model.load_state_dict(safetensors.torch.load_file(\"%@\"))", output, tensors.count, template,
        report.largestResidual, output))
  }

  /// What a file says about its network: how it was trained, and what its input and output mean.
  private static func metadata(
    of plain: Layer, _ data: DataConfiguration, _ folder: RunDirectory
  ) throws -> OrderedDictionary<String, String> {
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
    return [
      "format": "swift-steerable exported network", "layers": "\(plain)",
      "config": try String(contentsOf: folder.configuration, encoding: .utf8),
      Self.targets(of: data): try json(data.task.names),
      "normalization": try json(data.statistics),
    ]
  }

  private static func targets(of data: DataConfiguration) -> String {
    if case .classes = data.task { "classes" } else { "quantities" }
  }

  /// What `--json` prints.
  struct Result: Encodable {
    let file: String
    let format: String
    let parameters: Int
    let inputShape: [Int]
    let classNames: [String]
    /// What images of values from 0 to 1 are normalized by before; null for nothing.
    let normalization: ImageStatistics?
    /// How the file differs from the tests of the run; nil if it does not.
    let note: String?
  }
}
