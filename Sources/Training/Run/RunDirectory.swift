public import Foundation
internal import Interchange

/// The folder of a run and the names of the files in it.
///
/// ```
/// config.yaml                     the configuration with all defaults filled in
/// manifest.json                   versions, seed, threads, date
/// metrics.jsonl                   one JSON object per line
/// events.out.tfevents.*           the same for TensorBoard
/// checkpoints/last.safetensors    the complete state to resume from
/// checkpoints/best.safetensors    the complete state with the best validation
/// weights.safetensors             the weights of a finished run
/// ```
public struct RunDirectory: Hashable, Sendable {
  /// The folder.
  public let url: URL
  /// Whether the run goes on from a checkpoint if there is one.
  public let isResumed: Bool
  /// Whether there was nothing at the path, so that an early failure may remove the folder.
  let isNew: Bool

  /// The configuration with all defaults filled in.
  public var configuration: URL { url.appendingPathComponent("config.yaml") }
  /// Versions, seed, threads and date.
  public var manifest: URL { url.appendingPathComponent("manifest.json") }
  /// The metrics, one JSON object per line.
  public var metrics: URL { url.appendingPathComponent("metrics.jsonl") }
  /// The folder of the checkpoints.
  public var checkpoints: URL { url.appendingPathComponent("checkpoints") }
  /// The state to resume from.
  public var lastCheckpoint: URL { checkpoints.appendingPathComponent("last.safetensors") }
  /// The state with the best validation.
  public var bestCheckpoint: URL { checkpoints.appendingPathComponent("best.safetensors") }
  /// The weights of a finished run.
  public var weights: URL { url.appendingPathComponent("weights.safetensors") }

  /// Checks that a run can be written to `path`; nothing is created yet.
  ///
  /// The folder may be absent or empty; with `resume`, it may hold a run.
  ///
  /// **Throws**: `TrainingError.runFolder` otherwise.
  public static func prepare(at path: String, resume: Bool = false) throws(TrainingError) -> RunDirectory {
    let url = URL(fileURLWithPath: path, isDirectory: true)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      if resume { throw .runFolder(path: path, problem: "there is no run to resume; leave out --resume to start one") }
      return RunDirectory(url: url, isResumed: false, isNew: true)
    }
    guard isDirectory.boolValue else { throw .runFolder(path: path, problem: "is a file, not a folder") }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw .runFolder(path: path, problem: "cannot be read")
    }
    let run = RunDirectory(url: url, isResumed: resume, isNew: false)
    if names.isEmpty { return run }
    guard FileManager.default.fileExists(atPath: run.manifest.path), RunManifest.isRun(run.manifest) else {
      throw .runFolder(path: path, problem: "holds other files; choose a new or empty folder for the run")
    }
    guard resume else {
      throw .runFolder(
        path: path, problem: "already holds a run; choose another folder, or go on with it by `train --resume`")
    }
    return run
  }

  /// Finds a run that was made before.
  ///
  /// **Throws**: `TrainingError.runFolder` if there is none at `path`.
  public static func open(at path: String) throws(TrainingError) -> RunDirectory {
    let run = RunDirectory(url: URL(fileURLWithPath: path, isDirectory: true), isResumed: true, isNew: false)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .runFolder(path: path, problem: "no such folder")
    }
    guard isDirectory.boolValue else { throw .runFolder(path: path, problem: "is a file, not the folder of a run") }
    guard RunManifest.isRun(run.manifest) else {
      throw .runFolder(path: path, problem: "is not the folder of a run: it has no manifest.json of one")
    }
    return run
  }

  /// The event file of the run, or the name for a new one.
  public var events: URL {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    if let name = names.filter({ $0.hasPrefix("events.out.tfevents.") }).min() {
      return url.appendingPathComponent(name)
    }
    let host = ProcessInfo.processInfo.hostName
    return url.appendingPathComponent("events.out.tfevents.\(Int(Date().timeIntervalSince1970)).\(host)")
  }

  /// Creates the folder with its manifest and configuration, and removes what a killed process left half written.
  func create(manifest contents: RunManifest, configuration text: String?) throws(TrainingError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      AtomicFile.removeLeftovers(in: url)
      // The manifest comes first: it marks the folder as a run for whoever resumes it.
      try AtomicFile.write(contents.json, to: manifest)
      try FileManager.default.createDirectory(at: checkpoints, withIntermediateDirectories: true)
      AtomicFile.removeLeftovers(in: checkpoints)
      if let text { try AtomicFile.write(text, to: configuration) }
    } catch let error as InterchangeError {
      throw TrainingError.file(error.description)
    } catch {
      throw TrainingError.unwritable(path: url.path)
    }
  }

  /// Removes the folder if this run made it.
  func discard() {
    if isNew { try? FileManager.default.removeItem(at: url) }
  }
}
