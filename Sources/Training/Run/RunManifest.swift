internal import Foundation
internal import Interchange
internal import Tensors

/// What a run was made with: `manifest.json` in its folder.
public struct RunManifest: Codable, Hashable, Sendable {
  /// The mark of a run's folder.
  public static let format = "swift-steerable run"

  /// The mark of a run's folder; always `RunManifest.format`.
  public let format: String
  /// The name of the experiment.
  public let name: String
  /// The seed that every random choice derives from.
  public let seed: UInt64
  /// The threads that tensor operations use.
  public let threads: Int
  /// The processes that share each batch; nil for one alone.
  public let processes: Int?
  /// The version of the tensor engine.
  public let torch: String
  /// The operating system.
  public let system: String
  /// The git revision of the working folder, with `-dirty` if files differ from it; nil outside a repository.
  public let revision: String?
  /// When this process began to train, as ISO 8601.
  public let started: String
  /// The command line.
  public let command: [String]

  /// Describes the current process.
  public init(name: String, seed: UInt64, processes: Int? = nil) {
    format = Self.format
    self.name = name
    self.seed = seed
    threads = Torch.threads
    self.processes = processes
    torch = Torch.version
    system = ProcessInfo.processInfo.operatingSystemVersionString
    revision = Self.gitRevision()
    started = Date().formatted(.iso8601)
    command = CommandLine.arguments
  }

  var json: String {
    ((try? JSONText.readable(self)) ?? "{}") + "\n"
  }

  /// Whether `url` is the manifest of a run.
  static func isRun(_ url: URL) -> Bool {
    struct Mark: Decodable { let format: String }
    guard let bytes = FileManager.default.contents(atPath: url.path) else { return false }
    return (try? JSONDecoder().decode(Mark.self, from: bytes))?.format == format
  }

  private static func gitRevision() -> String? {
    guard let revision = git(["rev-parse", "HEAD"]), !revision.isEmpty else { return nil }
    let changes = git(["status", "--porcelain", "--untracked-files=no"]) ?? ""
    return changes.isEmpty ? revision : revision + "-dirty"
  }

  private static func git(_ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = (try? output.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: bytes ?? Data(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
