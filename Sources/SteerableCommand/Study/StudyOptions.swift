import ArgumentParser
import Foundation
import Training

/// What every study is told.
struct StudyOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Folder for the study; if it was stopped there, it goes on.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Folder of published data, otherwise the environment variable STEERABLE_DATA; for metamaterials an npz file of cells.",
      valueName: "path"))
  var data: String?

  @Option(help: ArgumentHelp("Processes on this machine that share the runs.", valueName: "count"))
  var processes: Int?

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  /// Does the work of a study, shared by several processes if that is asked for.
  ///
  /// - Returns: the result; nil in a process that does not tell it, because it started others or another is the first.
  ///
  /// **Throws**: `stopped` when `work` returns nil; what `work` throws.
  func result<Result>(of work: (StopSignal) throws -> Result?) throws -> Result? {
    if try LocalProcesses.launched(processes) { return nil }
    let stop = StopSignal()
    let handling = stop.install()
    defer { handling.cancel() }
    guard let result = try work(stop) else { throw Self.stopped }
    return isLeader ? result : nil
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
      throw ValidationError("--preset must be \(names(of: Preset.self)), found \"\(name)\"")
    }
    return preset
  }

  /// What the help says about presets.
  static func presetHelp<Preset: RawRepresentable<String> & CaseIterable>(default preset: Preset) -> ArgumentHelp {
    // The parser names no default of options that are read by a function.
    ArgumentHelp(
      "How large the study is: \(names(of: Preset.self)). (default: \(preset.rawValue))", valueName: "preset")
  }

  /// What the help says about a number that each preset has its own of.
  static func presetValues<Preset: RawRepresentable<String> & CaseIterable>(
    _ type: Preset.Type, _ value: (Preset) -> some CustomStringConvertible
  ) -> String {
    let values = Preset.allCases.map { (text: "\(value($0))", preset: $0.rawValue) }
    if Set(values.map(\.text)).count == 1 { return values[0].text }
    return values.map { "\($0.text) in the preset \($0.preset)" }.joined(separator: ", ")
  }

  private static func names<Preset: RawRepresentable<String> & CaseIterable>(of type: Preset.Type) -> String {
    type.allCases.map(\.rawValue).joined(separator: " or ")
  }

  /// How a stop is told: the same command goes on.
  private static var stopped: Failure { .work("stopped and saved; the same command goes on") }
}
