import ArgumentParser
import Datasets
import Experiments
import Foundation
import Training

/// `steerable demo`: the main job, on built-in data.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a steerable and a plain network on built-in data and compares them on rotated images.",
    discussion:
      "Leaves run folders, pictures, an animation and report.html in the output folder. Run it in the checkout.")

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "folder"))
  var output = "runs/demo"

  @Option(help: ArgumentHelp("Folder of the two configurations, c8.yaml and plain.yaml.", valueName: "folder"))
  var configs = "Configs/demo"

  @Flag(help: "Replace the results of an earlier demo.")
  var overwrite = false

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let study = try DemoStudy(output: output, configurations: configs)
    try Self.clear(output, overwrite: overwrite)
    let stop = StopSignal()
    let handling = stop.install()
    defer { handling.cancel() }
    let quiet = quiet
    let result = try study.run(
      stop: stop, observers: quiet ? [] : [ProgressBar()], note: { if !quiet { Console.note($0) } })
    guard let result else { throw Failure.work("stopped before there was a report; run it again with --overwrite") }
    if json { return try Console.json(result) }
    let rows = result.networks.map {
      [
        $0.name, "\($0.parameters)", String(format: "%.0f s", $0.seconds), String(format: "%.1f %%", 100 * $0.upright),
        String(format: "%.1f %%", 100 * $0.rotated),
      ]
    }
    Console.output("\n" + Console.table([["network", "weights", "training", "upright", "all angles"]] + rows))
    Console.output("\nreport: \(output)/report.html")
  }

  /// An earlier demo makes way only when asked; anything else in the folder is left alone.
  private static func clear(_ output: String, overwrite: Bool) throws {
    let manager = FileManager.default
    guard let names = try? manager.contentsOfDirectory(atPath: output), !names.isEmpty else { return }
    let ours: Set = [
      "demo-c8", "demo-plain", "results.json", "report.html", "learning_curves.png", "accuracy_against_angle.png",
      "equivariance_error.png", "sources.png", "fields.gif",
    ]
    if let foreign = names.first(where: { !ours.contains($0) }) {
      throw Failure.input("--output \(output): holds \(foreign), which no demo made; choose another folder")
    }
    guard overwrite else {
      throw Failure.input("--output \(output): holds an earlier demo; pass --overwrite to replace it")
    }
    try manager.removeItem(atPath: output)
  }
}
