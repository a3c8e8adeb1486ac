internal import Foundation
internal import Layers

internal import Training
public import WeightExchange

extension Experiment {
  /// Makes a finished run of the network with weights of e2cnn, escnn or PyTorch.
  ///
  /// The folder holds what a training leaves, so that the network can be evaluated, verified and exported, and
  /// `import.json` with what became of every layer.
  ///
  /// **Throws**: `ImportError` for weights that do not fit, `ModelError`, or `TrainingError` for a folder that is not
  /// empty; nothing is written then.
  public func importWeights(
    _ weights: ForeignStateDict, output: String, options: ImportOptions = ImportOptions()
  ) throws -> (model: any ImageClassifier, report: ImportReport) {
    let run = try RunDirectory.prepare(at: output)
    let model = try makeModel()
    let report = try model.importState(weights, options: options)
    try run.finish(
      with: model, name: configuration.name, seed: configuration.seed, settings: resolved,
      metadata: ["imported_from": URL(filePath: weights.path).lastPathComponent])
    do {
      try write(report, to: run.url.appending(path: "import.json"))
    } catch {
      throw TrainingError.file("\(error)")
    }
    return (model, report)
  }
}
