import ArgumentParser
import Foundation
import Tensors
import Training

/// What every study is told.
struct StudyOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Folder for the study; if it was stopped there, it goes on.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp("Folder of data files; otherwise the environment variable STEERABLE_DATA.", valueName: "folder"))
  var data: String?

  @Option(help: "Processes on this machine that share the runs.")
  var processes = 1

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  /// Starts the command once for each of several processes and waits for them; tells whether it did.
  ///
  /// **Throws**: `Failure` for an impossible number, or when a process fails.
  func launched() throws -> Bool {
    if LocalProcesses.isOne {
      Lifeline.watch()
      return false
    }
    guard (1...256).contains(processes) else {
      throw Failure.input("--processes must be from 1 to 256, found \(processes)")
    }
    guard processes > 1 else { return false }
    try LocalProcesses(count: processes, arguments: Array(CommandLine.arguments.dropFirst())).run()
    return true
  }

  /// Whether this process writes the report: of several, the first.
  var isLeader: Bool { !LocalProcesses.isOne || ProcessInfo.processInfo.environment["RANK"] == "0" }

  /// One line a stage on standard error, unless quiet.
  var note: (String) -> Void {
    let quiet = quiet || !isLeader
    return { if !quiet { Console.note($0) } }
  }

  /// Who follows the trainings.
  var observers: [any TrainingObserver] { quiet || !isLeader ? [] : [ProgressBar()] }

  /// The command line, as the report quotes it.
  static var commandLine: String { ShellLine.joined(["steerable"] + CommandLine.arguments.dropFirst()) }

  /// Reads the name of a preset.
  static func preset<Preset: RawRepresentable<String> & CaseIterable>(_ name: String) throws -> Preset {
    guard let preset = Preset(rawValue: name) else {
      let known = Preset.allCases.map(\.rawValue).joined(separator: " or ")
      throw ValidationError("--preset must be \(known), found \"\(name)\"")
    }
    return preset
  }

  /// How a stop is told: the same command goes on.
  static var stopped: Failure { .work("stopped and saved; the same command goes on") }
}
