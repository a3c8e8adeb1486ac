import ArgumentParser
import Experiments
import Training

/// The network that a command looks at: the fresh one of a configuration, or the trained one of a run.
struct NetworkSource: ParsableArguments {
  @Option(help: ArgumentHelp("Configuration file (YAML).", valueName: "file"))
  var config: String?

  @Option(name: .customLong("run"), help: ArgumentHelp("Folder of a run, for trained weights.", valueName: "folder"))
  var runFolder: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("Overrides a setting of the file.", valueName: "key=value"))
  var overrides: [String] = []

  func validate() throws {
    if config == nil, runFolder == nil { throw ValidationError("--config FILE or --run DIR is needed") }
    if config == nil, !overrides.isEmpty { throw ValidationError("--set needs --config") }
  }

  /// Whether the network has the weights of a run.
  var isTrained: Bool { runFolder != nil }

  /// Makes the network, with the weights of the run if there is one.
  func load() throws -> (experiment: Experiment, model: any ImagePredictor) {
    let folder = try runFolder.map { try RunDirectory.open(at: $0) }
    let experiment: Experiment
    if let config {
      experiment = try Experiment(path: config, overrides: overrides)
    } else if let folder {
      experiment = try Experiment(run: folder)
    } else {
      throw ValidationError("--config FILE or --run DIR is needed")
    }
    let model = try experiment.makeModel()
    try folder?.loadWeights(into: model)
    return (experiment, model)
  }
}
