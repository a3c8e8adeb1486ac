internal import Datasets
public import Foundation
public import Training

/// The study of partial equivariance: networks that keep a symmetry, give it up, or learn how much of it to keep.
///
/// Every network is trained with every seed, run by run; the folder can be taken up again. Leaves a table beside the
/// published one, what the numbers say of each claim, pictures, and a report.
///
/// **Reference**: Romero and Lohit, "Learning Partial Equivariances From Data", NeurIPS 2022.
public struct PartialEquivarianceStudy: Sendable {
  /// How large the study is.
  public enum Preset: String, Codable, CaseIterable, Sendable {
    /// Small networks, few images, in under an hour on two cores.
    case cpu
    /// The published networks and training; days on a CPU.
    case full
  }

  /// How large the study is.
  public let preset: Preset
  /// The tasks, in order.
  public let tasks: [PartialStudyTask]
  /// The seeds, from 0.
  public let seeds: [Int]
  /// The folder of everything that is left.
  public let output: URL
  private let configurations: String
  private let command: String
  private let folder: StudyFolder

  /// Prepares the study; nothing is made yet.
  ///
  /// - Parameters:
  ///   - output: the folder, new or of the same study.
  ///   - preset: how large the study is.
  ///   - tasks: the tasks; nil for all of the preset.
  ///   - seeds: the number of seeds.
  ///   - configurations: the folder of the configurations of partial networks.
  ///   - command: the command line that the report quotes.
  ///
  /// **Throws**: `StudyError` for a folder of something else, `ConfigurationError` for a configuration.
  public init(
    output: String, preset: Preset = .cpu, tasks: [PartialStudyTask]? = nil, seeds: Int = 3,
    configurations: String = "Configs/partial", command: String = "steerable study partial-equivariance"
  ) throws {
    guard seeds >= 1 else { throw StudyError.option(name: "seeds", problem: "must be at least 1, found \(seeds)") }
    let all = PartialStudyTask.tasks(of: preset)
    let chosen = tasks ?? all
    if let other = chosen.first(where: { !all.contains($0) }) {
      throw StudyError.option(
        name: "tasks", problem: "\(other.rawValue) is not in the preset \(preset.rawValue), which has \(Self.list(all))"
      )
    }
    self.preset = preset
    self.tasks = chosen
    self.seeds = Array(0..<seeds)
    self.output = URL(fileURLWithPath: output, isDirectory: true)
    self.configurations = configurations
    self.command = command
    for variant in chosen.flatMap({ PartialStudyVariant.variants(of: $0, preset: preset) }) {
      _ = try variant.experiment(in: configurations, seed: 0).makeModel()
    }
    folder = try StudyFolder(output: output, study: "partial-equivariance", settings: ["preset": preset.rawValue])
  }

  private static func list(_ tasks: [PartialStudyTask]) -> String { tasks.map(\.rawValue).joined(separator: ", ") }

  /// Runs what is not done yet, and writes results, pictures and report; returns nil when it was stopped.
  ///
  /// - Parameters:
  ///   - data: Where data files lie; nil looks at the environment variable `STEERABLE_DATA`.
  ///   - stop: Asks for an end; the same study goes on later.
  ///   - observers: Are told how the trainings go, such as a progress bar.
  ///   - note: Receives one line a stage.
  ///   - writesReport: Whether to leave results and report at the end; of processes that share a folder, one does.
  ///
  /// **Throws**: what goes wrong with data, folder or training.
  public func run(
    data: String? = nil, stop: StopSignal = StopSignal(), observers: [any TrainingObserver] = [],
    note: (String) -> Void = { _ in }, writesReport: Bool = true
  ) throws -> PartialStudyFindings? {
    let variants = tasks.flatMap { PartialStudyVariant.variants(of: $0, preset: preset) }
    let runs = variants.flatMap { variant in seeds.map { (variant: variant, seed: $0) } }
    var images: [DataConfiguration: DatasetSplits] = [:]
    func splits(_ configuration: DataConfiguration) throws -> DatasetSplits {
      if let known = images[configuration] { return known }
      let loaded = try configuration.load(folder: data)
      images = [configuration: loaded]  // one set at a time: the large ones take a gigabyte
      return loaded
    }
    // What is missing or does not fit shows before any work starts, and before the folder is made.
    let open = runs.filter { folder.savedResult(of: $0.variant.run(seed: $0.seed), as: PartialStudyRun.self) == nil }
    var checked: Set<PartialStudyVariant> = []
    for run in open where checked.insert(run.variant).inserted {
      let experiment = try run.variant.experiment(in: configurations, seed: run.seed)
      _ = try experiment.preparedModel(for: splits(experiment.configuration.data))
    }

    let done = try folder.results(of: runs, name: { $0.variant.run(seed: $0.seed) }, stop: stop) {
      run, index, url, resume in
      note("[\(index + 1)/\(runs.count)] \(run.variant.run(seed: run.seed))\(resume ? ", going on" : "")")
      let experiment = try run.variant.experiment(in: configurations, seed: run.seed)
      return try PartialStudyRun.make(
        experiment, task: run.variant.task, data: splits(experiment.configuration.data), folder: url, resume: resume,
        stop: stop, observers: observers)
    }
    guard let done else { return nil }
    let results = Dictionary(grouping: zip(runs, done), by: \.0.variant).mapValues { $0.map(\.1) }

    let lines = variants.compactMap { variant -> PartialStudyFindings.Line? in
      results[variant].map {
        .init(
          task: variant.task, network: variant.title, published: variant.published, range: variant.range, runs: $0)
      }
    }
    let findings = PartialStudyFindings(preset: preset, seeds: seeds, lines: lines)
    guard writesReport else { return findings }
    note("drawing")
    try write(findings, to: output.appending(path: "results.json"))
    try PartialStudyReport(
      findings: findings, folder: folder, command: command,
      configurations: try variants.map { ($0.run(seed: 0), try $0.experiment(in: configurations, seed: 0)) }
    ).write(to: output)
    return findings
  }
}
