import ArgumentParser
import Datasets
import Experiments
import Foundation
import Interchange
import Layers
import Training

/// `steerable rotation-test`: how sure a trained network is of each source while the source turns.
struct RotationTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotation-test",
    abstract: "Tests how sure a network of two classes is of each image while the image turns.",
    discussion: """
      Each test image is turned to 0°, 20°, …, 160° and classified many times with dropout on; the overlap index of the \
      probabilities of both classes is 0 for a sure answer and about 1 for none. Leaves overlap.csv, a histogram and \
      rotations/rotationtest_<i>.png in the output folder. With --against, the overlaps of another test on the same images are \
      compared: what is told is about the network of --run beside the other.
      """)

  @Option(name: .customLong("run"), help: ArgumentHelp("Folder of a run.", valueName: "folder"))
  var runFolder: String

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp("Folder of data files; otherwise the environment variable STEERABLE_DATA.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("An overlap.csv, or a folder with one, to compare with.", valueName: "path"))
  var against: String?

  @Option(help: ArgumentHelp("Random passes at each angle.", valueName: "count"))
  var passes = 100

  @Option(help: ArgumentHelp("Images that get a figure of their own, from the first.", valueName: "count"))
  var figures = 10

  @Option(help: ArgumentHelp("Test on the first images only.", valueName: "count"))
  var limit: Int?

  @Option(help: "Seed of what is dropped.")
  var seed: UInt64 = 0

  @Flag(
    help: "Count as correct what the last pass alone finds, as the published code does, not the mean of all passes.")
  var lastPass = false

  @Flag(help: "Replace the results of an earlier test.")
  var overwrite = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    for (name, value, least) in [("passes", passes, 1), ("figures", figures, 0), ("limit", limit ?? 1, 1)]
    where value < least {
      throw ValidationError("--\(name) must be at least \(least), found \(value)")
    }
    guard passes <= 100_000 else { throw ValidationError("--passes must be at most 100000, found \(passes)") }
  }

  func run() throws {
    let folder = try RunDirectory.open(at: runFolder)
    let experiment = try Experiment(run: folder)
    let other = try against.map { try OverlapTable(contentsOf: Self.table(at: $0)) }
    let model = try experiment.makeModel()
    try folder.loadWeights(into: model)
    var images = try experiment.configuration.data.load(folder: data).test
    if let limit { images = images.prefix(limit) }
    let normalization = experiment.configuration.data.statistics
    let dropout = MonteCarloDropout(passes: passes, seed: seed)
    if let other, other.rows.count != images.count {
      throw Failure.input("--against: tells of \(other.rows.count) images, this test has \(images.count)")
    }
    let outputFolder = try prepareOutput()
    let rule: MonteCarloDropout.Prediction = lastPass ? .lastPass : .mean
    guard
      let evaluation = try dropout.evaluate(model, on: images, normalization: normalization, prediction: rule),
      let result = try RotationTest(dropout: dropout).run(model, on: images, normalization: normalization)
    else { return }
    let comparison = try other.map { try OverlapComparison($0, result.table) }
    try result.write(
      to: outputFolder, name: experiment.configuration.name, dataset: images, figures: figures)
    if let comparison {
      try AtomicFile.write(
        JSONText.readable(comparison) + "\n", to: outputFolder.appending(path: "comparison.json"))
    }
    let summary = Summary(
      images: images.count, passes: passes, accuracyWithDropout: evaluation.accuracy,
      lossWithDropout: evaluation.loss, meanOverlap: result.meanOverlap, comparison: comparison)
    if json { return try Console.json(summary) }
    Console.output(
      String(
        format: "%d images, %d passes at %d angles: mean overlap %.3f; accuracy with dropout %.2f %%, loss %.4f",
        images.count, passes, result.degrees.count, result.meanOverlap, 100 * evaluation.accuracy, evaluation.loss))
    if let comparison { Console.output(comparison.summary("the other network", "this one")) }
    Console.output("results: \(outputFolder.path)")
  }

  /// What `--json` prints.
  struct Summary: Encodable {
    let images: Int
    let passes: Int
    let accuracyWithDropout: Double
    let lossWithDropout: Double
    let meanOverlap: Double
    let comparison: OverlapComparison?
  }

  /// The table at a path, or in a folder.
  private static func table(at path: String) -> URL {
    var isFolder: ObjCBool = false
    let url = URL(filePath: path)
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue ? url.appending(path: "overlap.csv") : url
  }

  /// An earlier test makes way only when asked; anything else in the folder is left alone.
  private func prepareOutput() throws -> URL {
    let manager = FileManager.default
    let url = URL(filePath: output, directoryHint: .isDirectory)
    var isFolder: ObjCBool = false
    if manager.fileExists(atPath: output, isDirectory: &isFolder) {
      guard isFolder.boolValue, let names = try? manager.contentsOfDirectory(atPath: output) else {
        throw Failure.input("--output \(output): is not a folder that can be read")
      }
      let ours: Set = ["overlap.csv", "histogram.png", "histogram.svg", "rotations", "comparison.json"]
      if let foreign = names.first(where: { !ours.contains($0) }) {
        throw Failure.input("--output \(output): holds \(foreign), which no rotation test made; choose another folder")
      }
      guard names.isEmpty || overwrite else {
        throw Failure.input("--output \(output): holds an earlier test; pass --overwrite to replace it")
      }
      for name in names { try manager.removeItem(at: url.appending(path: name)) }
    }
    do {
      try manager.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw Failure.input("--output \(output): cannot be created")
    }
    return url
  }
}
