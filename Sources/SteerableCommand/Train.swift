import ArgumentParser
import Experiments
import Foundation
import Layers
import PartialEquivariance
import Tensors
import Training

/// `steerable train`: trains the network of a configuration.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains the network that a configuration describes, and tests it.",
    discussion: """
      Leaves in the output folder: config.yaml, manifest.json, metrics.jsonl, TensorBoard events, checkpoints/, \
      weights.safetensors and test.json. Ctrl-C finishes the step, saves, prints the command that goes on and exits with 0; \
      --resume goes on from there with the same result, bit for bit.

      --processes N shares each batch among N processes on this machine. On several machines, start the command on \
      each with RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT set, as torchrun does; all must see the output folder.
      """)

  @Option(help: ArgumentHelp("Configuration file (YAML, or INI of E2CNNRadGal).", valueName: "file"))
  var config: String

  @Option(name: .customLong("set"), help: ArgumentHelp("Overrides a setting of the file.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp("Folder of data files; otherwise the environment variable STEERABLE_DATA.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("Folder for the run; runs/<name> if left out.", valueName: "folder"))
  var output: String?

  @Flag(help: "Go on from the last checkpoint in the output folder.")
  var resume = false

  @Option(help: "Where to compute: cpu, cuda or cuda:N.")
  var device = "cpu"

  @Option(help: ArgumentHelp("Processes on this machine that share each batch.", valueName: "count"))
  var processes: Int?

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let experiment = try Experiment(path: config, overrides: overrides)
    if try LocalProcesses.launched(processes, prepare: { try checkPlaces(experiment) }) { return }
    let environment = try DistributedEnvironment()
    try train(experiment, team: environment.map { try TrainingTeam($0) }, environment)
  }

  /// Finds what would fail in all processes: another device, a folder of something else.
  private func checkPlaces(_ experiment: Experiment) throws {
    _ = try Self.device(device)
    _ = try RunDirectory.prepare(at: folder(of: experiment), resume: resume)
  }

  private func folder(of experiment: Experiment) -> String { output ?? "runs/\(experiment.configuration.name)" }

  private func train(_ experiment: Experiment, team: TrainingTeam?, _ environment: DistributedEnvironment?) throws {
    // Each process of a machine takes the accelerator of its number.
    let name = device == "cuda" ? environment.map { "cuda:\($0.localRank)" } : nil
    let device = try Self.device(name ?? device)
    let isLeader = team?.isLeader ?? true
    if isLeader {
      for notice in experiment.configuration.model.notices { Console.note("steerable: note: \(notice)") }
    }
    let stop = StopSignal()
    let handling = stop.install()
    defer { handling.cancel() }
    let folder = folder(of: experiment)
    let outcome = try experiment.train(
      folder: data, output: folder, resume: resume, device: device, stop: stop,
      team: team, observers: quiet || !isLeader ? [] : [ProgressBar()])
    guard isLeader else { return }
    if let test = outcome.regression { return try show(test, outcome, in: folder) }
    guard let test = outcome.test else {
      Console.note("steerable: stopped and saved; go on with: \(resumption(in: folder))")
      return
    }
    let learned = (outcome.model as? PartialClassifier)?.sampling.learned ?? []
    if json {
      try Console.json(
        Result(
          run: folder, parameters: outcome.model.parameterCount, steps: outcome.training.steps,
          seconds: outcome.training.seconds, testAccuracy: test.accuracy, testLoss: test.loss, testImages: test.count,
          learned: learned.isEmpty ? nil : learned))
    } else {
      Console.output(
        String(
          format: "test accuracy %.2f %% on %d images, loss %.4f; %d weights; the run is in %@", 100 * test.accuracy,
          test.count, test.loss, outcome.model.parameterCount, folder))
      let supports = learned.compactMap { layer in layer.support.map { "\(layer.name) \($0)" } }
      if !supports.isEmpty { Console.output("learned support: " + supports.joined(separator: "; ")) }
    }
  }

  private func show(_ test: RegressionEvaluation, _ outcome: Experiment.Outcome, in folder: String) throws {
    if json {
      try Console.json(
        RegressionResult(
          run: folder, parameters: outcome.model.parameterCount, steps: outcome.training.steps,
          seconds: outcome.training.seconds, test: test))
    } else {
      Console.output(
        String(
          format: "test error %.3g (mean square) on %d images, R² %@; %d weights; the run is in %@",
          test.meanSquaredError, test.count, test.explained.map { String(format: "%.4f", $0) } ?? "–",
          outcome.model.parameterCount, folder))
    }
  }

  /// The command that goes on with this run.
  private func resumption(in folder: String) -> String {
    var words = ["steerable", "train", "--config", config]
    for override in overrides { words += ["--set", override] }
    if let data { words += ["--data", data] }
    words += ["--output", folder]
    if device != "cpu" { words += ["--device", device] }
    if let processes { words += ["--processes", "\(processes)"] }
    if quiet { words.append("--quiet") }
    if json { words.append("--json") }
    return ShellLine.joined(words + ["--resume"])
  }

  /// Reads a device's name.
  static func device(_ name: String) throws -> Device {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("cpu", 1): return .cpu
    case ("cuda", 1...2):
      guard let index = parts.count == 1 ? 0 : Int(parts[1]), index >= 0 else { break }
      guard Torch.isCUDAAvailable else {
        throw Failure.input("--device \(name): this LibTorch finds no CUDA device; use --device cpu")
      }
      guard index < Torch.cudaDeviceCount else {
        throw Failure.input("--device \(name): there are \(Torch.cudaDeviceCount) CUDA devices, numbered from 0")
      }
      return .cuda(index)
    default: break
    }
    throw Failure.input("--device must be cpu, cuda or cuda:N, found \"\(name)\"")
  }

  /// What `--json` prints where quantities are predicted.
  struct RegressionResult: Encodable {
    let run: String
    let parameters: Int
    let steps: Int
    let seconds: Double
    let test: RegressionEvaluation
  }

  /// What `--json` prints.
  struct Result: Encodable {
    let run: String
    let parameters: Int
    let steps: Int
    let seconds: Double
    let testAccuracy: Double
    let testLoss: Double
    let testImages: Int
    /// The layers that have learned how much of the group they use; nil for networks that do not.
    let learned: [SampledLayer]?
  }
}
