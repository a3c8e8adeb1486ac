internal import Datasets
public import Foundation
internal import Synchronization
public import Training

/// The study of metamaterials: elasticity tensors of unit cells by networks with and without symmetry.
///
/// Repeats the original's table of four networks and four augmentations, and adds networks that are equivariant end to end:
/// invariant to cyclic shifts, with an answer that turns as the tensor does. Every network is trained with every seed, run
/// by run; the folder can be taken up again.
///
/// **Reference**: github.com/Tihstep/Equivariant-models.
public struct MetamaterialStudy: Sendable {
  /// How large the study is.
  public let size: MetamaterialStudySize
  /// The number of seeds.
  public let seeds: Int
  /// The folder of everything that is left.
  public let output: URL
  private let command: String
  private let cellsFile: String?
  private let folder: StudyFolder

  /// The seed of the generated cells.
  private static let cellSeed: UInt64 = 2024

  /// Prepares the study; nothing is made yet.
  ///
  /// - Parameters:
  ///   - output: the folder, new or of the same study.
  ///   - size: how large the study is.
  ///   - seeds: the number of seeds.
  ///   - cells: an npz file of cells; nil generates them.
  ///   - command: the command line that the report quotes.
  ///
  /// **Throws**: `StudyError` for a folder of something else or an option that makes no sense.
  public init(
    output: String, size: MetamaterialStudySize = MetamaterialStudySize(.cpu), seeds: Int = 15, cells: String? = nil,
    command: String = "steerable study metamaterials"
  ) throws {
    guard (1...1000).contains(seeds) else {
      throw StudyError.option(name: "seeds", problem: "must be 1 to 1000, found \(seeds)")
    }
    if let cells, !FileManager.default.fileExists(atPath: cells) {
      throw StudyError.option(
        name: "data",
        problem:
          "\(cells): no such file; leave it out to generate cells, or make one by `steerable generate metamaterials`")
    }
    self.size = size
    self.seeds = seeds
    self.command = command
    self.output = URL(fileURLWithPath: output, isDirectory: true)
    cellsFile = cells.map { URL(fileURLWithPath: $0).path }
    var settings = size.settings
    settings["data"] = cellsFile ?? "generated"
    folder = try StudyFolder(output: output, study: "metamaterials", settings: settings)
  }

  /// The variants with their seeds, in the order of the runs: all of the table first.
  private var runs: [(variant: MetamaterialStudyVariant, seed: Int)] {
    let subsets = MetamaterialStudyVariant.efficiency.flatMap { variant in
      size.subsets.filter { $0 < size.training }.map { variant.with(images: $0) }
    }
    return (MetamaterialStudyVariant.table + MetamaterialStudyVariant.further + subsets).flatMap { variant in
      size.seeds(variant, of: seeds).map { (variant, $0) }
    }
  }

  /// Runs what is not done yet, and writes results, pictures and report; returns nil when it was stopped.
  ///
  /// - Parameters:
  ///   - stop: Asks for an end; the same study goes on later.
  ///   - observers: Are told how the trainings go, such as a progress bar.
  ///   - note: Receives one line a stage.
  ///   - writesReport: Whether to leave results and report at the end; of processes that share a folder, one does.
  ///
  /// **Throws**: what goes wrong with data, folder or training.
  public func run(
    stop: StopSignal = StopSignal(), observers: [any TrainingObserver] = [],
    note: @escaping (String) -> Void = { _ in }, writesReport: Bool = true
  ) throws -> MetamaterialStudyFindings? {
    let runs = runs
    func experiment(_ variant: MetamaterialStudyVariant, seed: Int, file: String) throws -> Experiment {
      try Experiment(yaml: size.yaml(variant, seed: seed, file: file), source: variant.run(seed: seed))
    }
    // What does not fit shows before any work starts, and before the folder is made.
    let given = try cellsFile.map { try MetamaterialFile.read(URL(fileURLWithPath: $0)) }
    let open = runs.filter {
      folder.savedResult(of: $0.variant.run(seed: $0.seed), as: MetamaterialStudyRun.self) == nil
    }
    var checked: Set<MetamaterialStudyVariant> = []
    for run in open where checked.insert(run.variant).inserted {
      let experiment = try experiment(run.variant, seed: run.seed, file: cellsFile ?? "cells.npz")
      _ = try experiment.preparedModel(for: given.map { try experiment.configuration.data.splits(of: $0) })
    }
    guard let file = try cellsFile ?? generatedCells(stop: stop, note: note)?.path else { return nil }
    let cells = try given ?? MetamaterialFile.read(URL(fileURLWithPath: file))
    let done = try folder.results(of: runs, name: { $0.variant.run(seed: $0.seed) }, stop: stop) {
      run, index, url, resume in
      let name = run.variant.run(seed: run.seed)
      note("[\(index + 1)/\(runs.count)] \(name)\(resume ? ", going on" : "")")
      let experiment = try experiment(run.variant, seed: run.seed, file: file)
      return try MetamaterialStudyRun.make(
        experiment, seed: run.seed, cells: experiment.configuration.data.splits(of: cells), folder: url, resume: resume,
        stop: stop, observers: observers)
    }
    guard let done else { return nil }
    let results = Dictionary(grouping: zip(runs, done), by: \.0.variant).mapValues { $0.map(\.1) }
    var order: [MetamaterialStudyVariant] = []
    for run in runs where order.last != run.variant { order.append(run.variant) }
    let findings = MetamaterialStudyFindings(
      lines: order.compactMap { variant in results[variant].map { .init(variant: variant, runs: $0) } },
      trainingCells: size.training, testCells: size.test)
    guard writesReport else { return findings }
    note("drawing")
    try write(findings, to: output.appending(path: "results.json"))
    try MetamaterialStudyReport(
      findings: findings, folder: folder, size: size, file: file, cells: cells, seeds: seeds, command: command
    ).write(to: output)
    return findings
  }

  /// The cells of this study: those in its folder, made now if they are not there; nil if it was stopped.
  private func generatedCells(stop: StopSignal, note: @escaping (String) -> Void) throws -> URL? {
    let url = output.appending(path: "cells.npz")
    try folder.begin()
    guard let lock = try folder.lock("cells", waits: true, stop: stop) else { return nil }
    return try withExtendedLifetime(lock) {
      if FileManager.default.fileExists(atPath: url.path) { return url }
      note("generating and homogenizing \(size.cells) cells of \(size.side)×\(size.side) pixels")
      let cells = try MetamaterialGenerator(side: size.side).cells(count: size.cells, seed: Self.cellSeed)
      try MetamaterialFile.write(cells, to: url)
      return url
    }
  }
}
