import ArgumentParser
import Experiments
import Training

/// `steerable study radio-galaxies`: LeNets with and without a group on FR I and FR II galaxies.
struct StudyRadioGalaxies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "radio-galaxies",
    abstract: "Compares plain and steerable networks on radio galaxies, FR I or FR II.",
    discussion: """
      Repeats Scaife and Porter (2021) on MiraBest: trains each network with several seeds, tests it, tests it with dropout \
      while the sources turn, and writes one table beside the published numbers. The preset cpu is a reduced study for one \
      core and half an hour; full is as published. Leaves runs/, results.json, pictures/ and report.html.
      """)

  @OptionGroup var study: StudyOptions

  @Option(
    help: StudyOptions.presetHelp(default: RadioGalaxyPreset.cpu),
    transform: { try StudyOptions.preset($0) })
  var preset = RadioGalaxyPreset.cpu

  @Option(
    help: ArgumentHelp(
      "Networks, separated by commas: vanilla, c16, d16 (any number), d16-restricted, hmtnet, each perhaps with -norot. "
        + "(default: \(StudyOptions.presetValues(RadioGalaxyPreset.self, \.networks)))",
      valueName: "list"))
  var models: String?

  @Option(
    help: ArgumentHelp(
      "Runs of each network. (default: \(StudyOptions.presetValues(RadioGalaxyPreset.self, \.seeds)))",
      valueName: "count"))
  var seeds: Int?

  @Option(
    help: ArgumentHelp(
      "Epochs of each run. (default: \(StudyOptions.presetValues(RadioGalaxyPreset.self, \.epochs)))",
      valueName: "count"))
  var epochs: Int?

  @Option(name: .customLong("set"), help: ArgumentHelp("Overrides a setting of the preset.", valueName: "key=value"))
  var overrides: [String] = []

  func run() throws {
    let results = try study.result { stop in
      try RadioGalaxyStudy(
        output: study.output, preset: preset, models: models, seeds: seeds, epochs: epochs, data: study.data,
        overrides: overrides, command: StudyOptions.commandLine
      ).run(stop: stop, observers: study.observers, note: study.note, writesReport: study.isLeader)
    }
    guard let results else { return }
    if study.json { return try Console.json(results) }
    Console.output("\n" + Console.table([RadioGalaxyResults.header] + results.rows))
    Console.output("\n\(results.verdict)\n\nreport: \(study.output)/report.html")
  }
}
