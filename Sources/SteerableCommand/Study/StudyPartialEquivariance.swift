import ArgumentParser
import Experiments
import Foundation
import Training

/// `steerable study partial-equivariance`: networks that learn how much symmetry to keep.
struct StudyPartialEquivariance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partial-equivariance",
    abstract: "Full against partial equivariance on sixes, rotated digits and photographs.",
    discussion: """
      Trains every network with every seed and leaves results.json, pictures (PNG, SVG) and report.html. The preset cpu takes \
      under an hour on two cores; full has the published networks and training. Needs MNIST and, for cifar10, the CIFAR-10 \
      files (the preset cpu: train_first4000.bin and test_first1000.bin, the first records of each). Run it in the checkout.
      """)

  @OptionGroup var options: StudyOptions

  @Option(
    help: StudyOptions.presetHelp(default: PartialEquivarianceStudy.Preset.cpu),
    transform: { try StudyOptions.preset($0) })
  var preset = PartialEquivarianceStudy.Preset.cpu

  @Option(help: ArgumentHelp("How often each network is trained.", valueName: "count"))
  var seeds = 3

  @Option(
    help: ArgumentHelp(
      "Tasks, separated by commas. (default: all of the preset. "
        + PartialEquivarianceStudy.Preset.allCases.map { preset in
          "\(preset.rawValue): \(PartialStudyTask.tasks(of: preset).map(\.rawValue).joined(separator: ", "))"
        }.joined(separator: "; ") + ")", valueName: "list"))
  var tasks: String?

  @Option(help: ArgumentHelp("Folder of the configurations of partial networks.", valueName: "folder"))
  var configs = "Configs/partial"

  func run() throws {
    let findings = try options.result { stop in
      try PartialEquivarianceStudy(
        output: options.output, preset: preset, tasks: try chosenTasks(), seeds: seeds, configurations: configs,
        command: StudyOptions.commandLine
      ).run(
        data: options.data, stop: stop, observers: options.observers, note: options.note,
        writesReport: options.isLeader)
    }
    guard let findings else { return }
    if options.json { return try Console.json(findings) }
    let rows = findings.lines.map { line in
      [
        line.task.rawValue, line.network, "\(line.parameters)", line.accuracy.text(digits: 2, scale: 100),
        line.published.map { String(format: "%.2f", $0) } ?? "–",
      ]
    }
    Console.output(Console.table([["images", "network", "weights", "accuracy (%)", "published (%)"]] + rows))
    Console.output("")
    for claim in findings.claims { Console.output("\(claim)") }
    Console.output("\nreport: \(options.output)/report.html")
  }

  private func chosenTasks() throws -> [PartialStudyTask]? {
    try tasks?.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let task = PartialStudyTask(rawValue: String(name)) else {
        let known = PartialStudyTask.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure.input("--tasks: there is no task \"\(name)\"; there are \(known)")
      }
      return task
    }
  }
}
