import Foundation
import TestSupport

/// Runs the built `steerable` command in a folder of its own.
struct Command {
  let folder: URL

  /// What a finished command left.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// A fresh folder; remove it with ``remove()``.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "steerable-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The root of the package, found from this file.
  static let root = Checkout.root

  /// The command stands beside the test program.
  static let program: URL = {
    var place = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = place.appending(path: "steerable")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      place = place.deletingLastPathComponent()
    }
    for kind in ["release", "debug"] {
      let candidate = root.appending(path: ".build/\(kind)/steerable")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    return root.appending(path: ".build/release/steerable")
  }()

  /// Starts the command without waiting for it.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> (Process, Pipe, Pipe) {
    try Self.start(Self.program, arguments, folder: folder, environment: environment)
  }

  /// Runs the command to its end.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let (process, output, errors) = try start(arguments, environment: environment)
    return Self.finish(process, output, errors)
  }

  /// Starts any program.
  static func start(
    _ program: URL, _ arguments: [String], folder: URL, environment: [String: String] = [:]
  ) throws -> (Process, Pipe, Pipe) {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    variables["STEERABLE_DATA"] = nil
    for (key, value) in environment { variables[key] = value }
    process.environment = variables
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return (process, output, errors)
  }

  /// Waits and collects what was printed.
  static func finish(_ process: Process, _ output: Pipe, _ errors: Pipe) -> Outcome {
    // Both pipes are drained at the same time, so that neither can fill up and stall the program.
    nonisolated(unsafe) var errorBytes = Data()
    let drained = DispatchGroup()
    drained.enter()
    DispatchQueue.global().async {
      errorBytes = errors.fileHandleForReading.readDataToEndOfFile()
      drained.leave()
    }
    let outputBytes = output.fileHandleForReading.readDataToEndOfFile()
    drained.wait()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: String(decoding: outputBytes, as: UTF8.self),
      errors: String(decoding: errorBytes, as: UTF8.self))
  }

  /// Writes a text file into the folder.
  @discardableResult
  func write(_ text: String, to name: String) throws -> URL { try write(Data(text.utf8), to: name) }

  /// Writes a file into the folder, and the folders on the way.
  @discardableResult
  func write(_ bytes: Data, to name: String) throws -> URL {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url)
    return url
  }

  /// Every file below the folder, by relative path.
  var files: Set<String> {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return Set(paths)
  }

  /// A configuration that trains in a few seconds.
  static let tinyConfiguration = """
    name: tiny
    seed: 3
    data:
      kind: simulated-galaxies
      imageSide: 17
      training: 64
      validation: 16
      test: 32
    model:
      kind: steerable-cnn
      group: C4
      blocks:
        - {fields: "2 regular", kernelSize: 5, padding: 2, pool: {kind: average-antialiased, stride: 2}}
        - {fields: "2 regular", kernelSize: 3, padding: 1}
      head: [8]
      dropout: 0.2
    training:
      epochs: 3
      batchSize: 16
      checkpointEvery: 1
      optimizer: {kind: adamw, learningRate: 0.01}
      augmentation: {rotation: 30, flips: true, crop: 1}
      threads: 1

    """
}
