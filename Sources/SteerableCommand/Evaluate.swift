import ArgumentParser
import Datasets
import Experiments
import Foundation
import Layers
import Tensors
import Training

/// `steerable evaluate`: scores a trained network, upright or under rotations.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tests a trained network, also on rotated images.",
    discussion: """
      Example: steerable evaluate --run runs/demo/demo-c8 --rotations 0:360:15
      The images are rotated about their center, counter-clockwise, bilinearly with zeros outside; multiples of 90° exactly.
      """)

  @Option(name: .customLong("run"), help: ArgumentHelp("Folder of a run.", valueName: "folder"))
  var runFolder: String

  // A value that begins with a minus is an angle, no option.
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Angles in degrees; the end is included.", valueName: "from:to:step"))
  var rotations: String?

  @Option(
    help: ArgumentHelp("Folder of data files; otherwise the environment variable STEERABLE_DATA.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("Test on the first images only.", valueName: "count"))
  var limit: Int?

  @Option(help: "Where to compute: cpu, cuda or cuda:N.")
  var device = "cpu"

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, found \(limit)") }
    _ = try angles()
  }

  func run() throws {
    let folder = try RunDirectory.open(at: runFolder)
    let experiment = try Experiment(run: folder)
    let device = try Train.device(device)
    let model = try experiment.makeModel()
    try folder.loadWeights(into: model)
    model.to(device)
    if experiment.configuration.data.kind == .metamaterials { return try evaluateCells(model, experiment, device) }
    var images = try experiment.configuration.data.load(folder: data).test
    if let limit { images = images.prefix(limit) }
    let evaluator = experiment.evaluator(device: device)

    if let angles = try angles() {
      guard let scores = evaluator.rotationScores(model, on: images, degrees: angles) else { return }
      if json { return try Console.json(scores) }
      let rows = scores.map {
        [
          String(format: "%g°", $0.degrees), String(format: "%.2f %%", 100 * $0.accuracy),
          String(format: "%.4f", $0.loss),
        ]
      }
      Console.output(Console.table([["rotation", "accuracy", "loss"]] + rows))
    } else {
      guard let result = evaluator.evaluate(model, on: images) else { return }
      if json { return try Console.json(result) }
      Console.output(
        String(
          format: "accuracy %.2f %% on %d images, loss %.4f", 100 * result.accuracy, result.count, result.loss))
      let rows = result.classes.map {
        [
          $0.name, "\($0.count)", String(format: "%.2f %%", 100 * $0.recall),
          String(format: "%.2f %%", 100 * $0.precision),
        ]
      }
      Console.output(Console.table([["class", "images", "recall", "precision"]] + rows))
    }
  }

  /// The errors on unit cells.
  private func evaluateCells(_ model: some ImagePredictor, _ experiment: Experiment, _ device: Device) throws {
    guard rotations == nil else {
      throw Failure.input(
        "--rotations is for classes; `steerable verify --run` tells how tensors turn with their cells")
    }
    var cells = try experiment.configuration.data.loadCells(folder: data).test.cells
    if let limit { cells = cells.prefix(limit) }
    guard let result = experiment.evaluator(device: device).regression(model, on: cells) else { return }
    if json { return try Console.json(result) }
    Console.output(
      String(format: "mean squared error %.4g on %d cells", result.meanSquaredError, result.count))
    let rows = result.components.map {
      [
        $0.name, String(format: "%.4g", $0.meanSquaredError), String(format: "%.4f", $0.meanSquaredError.squareRoot()),
        $0.explained.map { String(format: "%.4f", $0) } ?? "–",
      ]
    }
    Console.output(Console.table([["quantity", "mean squared error", "its root", "R²"]] + rows))
  }

  /// The angles that `--rotations from:to:step` lists.
  private func angles() throws -> [Double]? {
    guard let rotations else { return nil }
    let numbers = rotations.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count == 3, let from = numbers[0], let to = numbers[1], let step = numbers[2],
      [from, to, step].allSatisfy(\.isFinite)
    else { throw ValidationError("--rotations must be from:to:step in degrees, as 0:360:15, found \"\(rotations)\"") }
    guard step > 0, to >= from else {
      throw ValidationError("--rotations \(rotations): the step must be positive and the end not before the start")
    }
    guard (to - from) / step < 10_000 else {
      throw ValidationError("--rotations \(rotations): asks for more than 10000 angles; choose a larger step")
    }
    return Array(stride(from: from, through: to, by: step))
  }
}
