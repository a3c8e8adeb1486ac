internal import Datasets
internal import Foundation
internal import Layers
internal import Tensors
public import Training
internal import Visualization

/// The published comparison of LeNets, plain and steerable, on radio galaxies: training, test, rotation test, report.
///
/// ```swift
/// let study = try RadioGalaxyStudy(output: "runs/galaxies", preset: .cpu, data: "data/mirabest")
/// let results = try study.run()
/// ```
/// The folder is a ``StudyFolder``: the same study goes on where it stopped.
///
/// **Reference**: Scaife and Porter, "Fanaroff–Riley classification of radio galaxies using group-equivariant
/// convolutional neural networks", MNRAS 503 (2021) 2369.
public struct RadioGalaxyStudy {
  /// The networks in the order of the tables.
  public let networks: [RadioGalaxyNetwork]
  /// The number of runs of each network.
  public let seeds: Int
  /// The epochs of each run.
  public let epochs: Int
  /// How large the study is.
  public let preset: RadioGalaxyPreset
  /// Where everything is left.
  public let folder: StudyFolder
  /// Settings over the preset's, such as a smaller data set, as `key=value`.
  public let overrides: [String]
  private let dataFolder: String?
  private let passes: Int
  let command: String

  /// Prepares the study; nothing is made yet.
  ///
  /// - Parameters:
  ///   - output: The folder for runs, pictures and report.
  ///   - models: Names of networks, separated by commas; nil for the preset's.
  ///   - seeds: The number of runs of each network; nil for the preset's.
  ///   - epochs: The epochs of each run; nil for the preset's.
  ///   - data: Where MiraBest lies; nil looks at the environment variable `STEERABLE_DATA`.
  ///   - overrides: Settings over the preset's, as `key=value`.
  ///   - passes: The random passes of the tests with dropout.
  ///   - command: The command line, for the report.
  ///
  /// **Throws**: `StudyError` for options or a folder that cannot be used, `ConfigurationError` for overrides.
  public init(
    output: String, preset: RadioGalaxyPreset = .cpu, models: String? = nil, seeds: Int? = nil, epochs: Int? = nil,
    data: String? = nil, overrides: [String] = [], passes: Int = 100, command: String = ""
  ) throws {
    let networks = try RadioGalaxyNetwork.list(models ?? preset.networks)
    let (seeds, epochs) = (seeds ?? preset.seeds, epochs ?? preset.epochs)
    self.networks = networks
    self.preset = preset
    self.seeds = seeds
    self.epochs = epochs
    self.overrides = overrides
    self.passes = passes
    self.command = command
    dataFolder = data
    for (name, value) in [("seeds", seeds), ("epochs", epochs)] where !(1...100_000).contains(value) {
      throw StudyError.option(name: name, problem: "must be between 1 and 100000, found \(value)")
    }
    // A configuration that cannot be used is told before the folder is made.
    let experiments = try networks.map {
      try Self.experiment($0, seed: 0, preset: preset, epochs: epochs, overrides: overrides)
    }
    for experiment in experiments { _ = try experiment.makeModel() }
    var settings = ["preset": preset.rawValue, "epochs": "\(epochs)", "passes": "\(passes)"]
    if !overrides.isEmpty { settings["set"] = overrides.joined(separator: " ") }
    folder = try StudyFolder(output: output, study: "radio-galaxies", settings: settings)
  }

  /// The experiment of a network.
  func experiment(_ network: RadioGalaxyNetwork, seed: Int) throws(ConfigurationError) -> Experiment {
    try Self.experiment(network, seed: seed, preset: preset, epochs: epochs, overrides: overrides)
  }

  private static func experiment(
    _ network: RadioGalaxyNetwork, seed: Int, preset: RadioGalaxyPreset, epochs: Int, overrides: [String]
  ) throws(ConfigurationError) -> Experiment {
    let yaml = """
      name: \(network.name)-seed-\(seed)
      seed: \(seed)
      data: \(preset.data)
      model: \(network.yaml)
      training: \(preset.training(epochs: epochs, isAugmented: network.isAugmented))
      output: {tensorBoard: false}

      """
    return try Experiment(yaml: yaml, source: "study radio-galaxies, \(network.name)", overrides: overrides)
  }

  /// Does what is not done yet, and writes tables, pictures and report; nil when it was stopped.
  ///
  /// - Parameters:
  ///   - stop: Asks for an end; what is begun can be resumed.
  ///   - observers: Are told how trainings go, such as a progress bar.
  ///   - note: Receives one line a stage.
  ///   - writesReport: Whether to leave results and report at the end; of processes that share a folder, one does.
  public func run(
    stop: StopSignal = StopSignal(), observers: [any TrainingObserver] = [], note: (String) -> Void = { _ in },
    writesReport: Bool = true
  ) throws -> RadioGalaxyResults? {
    guard let first = networks.first else { return nil }
    let data = try experiment(first, seed: 0).configuration.data.load(folder: dataFolder)
    // What does not fit shows before any work starts, and before the folder is made.
    for network in networks {
      let model = try experiment(network, seed: 0).preparedModel(for: data)
      try RotationTest.check(model, on: data.test)
    }
    note(
      "\(data.training.count) sources to train on, \(data.validation.count) to validate and \(data.test.count) to test "
        + "with, \(data.test.imageShape)")
    // All networks of a seed, then the next seed: what is there after a stop can be compared.
    let planned = (0..<seeds).flatMap { seed in networks.map { (network: $0, seed: seed) } }
    let runs = try folder.results(of: planned, name: { Self.runName($0.network, seed: $0.seed) }, stop: stop) {
      plan, index, url, resume in
      let (network, seed) = plan
      note("\n\(Self.runName(network, seed: seed)) (\(index + 1) of \(planned.count))")
      let run = try train(network, seed: seed, data: data, in: url, resume: resume, stop: stop, observers: observers)
      if let run {
        note(
          String(
            format: "test accuracy %.2f %%, mean overlap %.3f, %.0f s", 100 * run.test.accuracy, run.meanOverlap,
            run.seconds))
      }
      return run
    }
    guard let runs else { return nil }
    let curves = try networks.map { network in
      try (0..<seeds).map { try LearningCurve(run: directory(network, seed: $0)) }
    }
    let results = RadioGalaxyResults(
      preset: preset, epochs: epochs, networks: networks, runs: runs, curves: curves,
      validationCount: data.validation.count)
    guard writesReport else { return results }
    note("\ndrawing")
    let pictures = try RadioGalaxyPictures(study: self, data: data, curves: curves, shouldStop: { stop.isRequested })
    guard let drawn = try pictures.drawAll(results) else { return nil }
    try write(results, to: folder.url.appending(path: "results.json"))
    try report(results, pictures: drawn).write(to: folder.url.appending(path: "report.html"))
    return results
  }

  static func runName(_ network: RadioGalaxyNetwork, seed: Int) -> String { "\(network.name)/seed-\(seed)" }

  /// The folder of a network's run.
  func directory(_ network: RadioGalaxyNetwork, seed: Int) throws(TrainingError) -> RunDirectory {
    try RunDirectory.open(at: folder.run(Self.runName(network, seed: seed)).path)
  }

  /// One training with all of its tests.
  private func train(
    _ network: RadioGalaxyNetwork, seed: Int, data: DatasetSplits, in url: URL, resume: Bool, stop: StopSignal,
    observers: [any TrainingObserver]
  ) throws -> RadioGalaxyRun? {
    let experiment = try experiment(network, seed: seed)
    let outcome = try experiment.train(data: data, output: url.path, resume: resume, stop: stop, observers: observers)
    guard let test = outcome.test else { return nil }
    let start = Date()
    let shouldStop = { stop.isRequested }
    let normalization = experiment.configuration.data.statistics
    let dropout = MonteCarloDropout(passes: passes, seed: UInt64(seed))
    let angles = (0..<12).map { 30 * Double($0) }
    guard
      let sampled = try dropout.evaluations(
        outcome.model, on: data.test, normalization: normalization, shouldStop: shouldStop),
      let mean = sampled[.mean], let last = sampled[.lastPass],
      let turned = experiment.evaluator().rotationScores(
        outcome.model, on: data.test, degrees: angles, shouldStop: shouldStop),
      let rotation = try RotationTest(dropout: dropout).run(
        outcome.model, on: data.test, normalization: normalization, shouldStop: shouldStop)
    else { return nil }
    try rotation.table.write(to: url.appending(path: "overlap.csv"))
    let curve = try LearningCurve(run: RunDirectory.open(at: url.path))
    return RadioGalaxyRun(
      network: network.name, seed: seed, parameters: outcome.model.parameterCount,
      seconds: outcome.training.seconds + Date().timeIntervalSince(start),
      bestValidation: 1 - (curve.validationError.filter(\.isFinite).min() ?? .nan), test: test, monteCarlo: mean,
      lastPassAccuracy: last.accuracy,
      rotatedAccuracy: turned.reduce(0) { $0 + $1.accuracy } / Double(turned.count), meanOverlap: rotation.meanOverlap)
  }
}
