public import Foundation
internal import Interchange
public import Training

/// The folder of a study, which is done run by run and goes on where it stopped.
///
/// ```
/// study.json                what the study is, and the settings that all its runs share
/// runs/<group>/<run>/       one run, as `steerable train` leaves it, with result.json once it is done
/// report.html, results.json, pictures
/// ```
/// The same command goes on after a stop or a crash; it may ask for more runs (seeds, networks) than before. Started a second
/// time beside the first, it shares the work.
public struct StudyFolder: Sendable {
  /// The folder.
  public let url: URL
  /// The name of the study.
  public let study: String
  /// What all runs have in common.
  public let settings: [String: String]

  /// What `study.json` holds.
  private struct Mark: Codable {
    static let format = "swift-steerable study"
    let format: String
    let study: String
    let settings: [String: String]
  }

  private var mark: URL { url.appendingPathComponent("study.json") }

  /// Makes sure that the study can have a folder: a new or empty one, or one that holds the same study.
  ///
  /// Nothing is made yet; see ``begin()``.
  ///
  /// - Parameters:
  ///   - output: the path.
  ///   - study: the name of the study.
  ///   - settings: what changes the results of runs, such as a preset; not which runs there are.
  ///
  /// **Throws**: `StudyError` if the folder holds something else, or the study with other settings.
  public init(output: String, study: String, settings: [String: String] = [:]) throws {
    url = URL(fileURLWithPath: output, isDirectory: true)
    self.study = study
    self.settings = settings
    if try isBegun() { AtomicFile.removeLeftovers(in: url) }
  }

  /// Makes the folder, if it is not there: from now on it belongs to this study.
  ///
  /// What can be refused must have been refused before, so that nothing is left of a study that cannot be done.
  ///
  /// **Throws**: `StudyError` if the folder cannot be made, or another study has been begun there in the meantime.
  public func begin() throws {
    if try isBegun() { return }
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw StudyError.folder(path: url.relativePath, problem: "cannot be created")
    }
    try AtomicFile.write(
      JSONText.readable(Mark(format: Mark.format, study: study, settings: settings)) + "\n", to: mark)
  }

  /// Whether the folder holds this study already.
  private func isBegun() throws -> Bool {
    let manager = FileManager.default
    let path = url.relativePath
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
    guard isFolder.boolValue else { throw StudyError.folder(path: path, problem: "is a file, not a folder") }
    guard let names = try? manager.contentsOfDirectory(atPath: path) else {
      throw StudyError.folder(path: path, problem: "cannot be read")
    }
    if let bytes = manager.contents(atPath: mark.path) {
      guard let found = try? JSONDecoder().decode(Mark.self, from: bytes), found.format == Mark.format else {
        throw StudyError.folder(path: path, problem: "its study.json is not that of a study; choose another folder")
      }
      guard found.study == study else {
        throw StudyError.folder(path: path, problem: "holds the study \(found.study); choose another folder")
      }
      try Self.compare(found.settings, settings, path: path)
      return true
    }
    if let other = names.filter({ !$0.hasPrefix(".") }).min() {
      throw StudyError.folder(path: path, problem: "holds \(other), which no study made; choose another folder")
    }
    return false
  }

  private static func compare(_ old: [String: String], _ new: [String: String], path: String) throws(StudyError) {
    for key in Set(old.keys).union(new.keys).sorted() where old[key] != new[key] {
      throw .folder(
        path: path,
        problem: "holds this study with \(key) \(old[key] ?? "left out"), and \(new[key] ?? "none") is asked for; "
          + "choose another folder")
    }
  }

  /// The folder of a run.
  public func run(_ name: String) -> URL { url.appending(path: "runs/\(name)", directoryHint: .isDirectory) }

  /// The result of a run that is done; nil if it is not.
  public func savedResult<Result: Codable>(of run: String, as type: Result.Type = Result.self) -> Result? {
    let file = self.run(run).appendingPathComponent("result.json")
    return FileManager.default.contents(atPath: file.path).flatMap { try? JSONDecoder().decode(Result.self, from: $0) }
  }

  /// The results of runs in their order: saved ones, or those of `work`, which are saved; nil if it was stopped.
  ///
  /// Processes that share the folder divide the runs among themselves: each does what no other has begun, and waits for
  /// the others at the end. A run whose process has died is taken over. The folder is made if it is not there.
  ///
  /// - Parameters:
  ///   - runs: the runs.
  ///   - name: the name of a run, such as `c16/seed-0`.
  ///   - stop: asks for an end.
  ///   - work: does a run in the given folder, goes on with what is there if it is asked to resume, and returns nil if
  ///     it was stopped.
  ///
  /// **Throws**: what `begin()` and `work` throw.
  public func results<Run, Result: Codable>(
    of runs: [Run], name: (Run) -> String, stop: StopSignal,
    _ work: (_ run: Run, _ index: Int, _ folder: URL, _ resume: Bool) throws -> Result?
  ) throws -> [Result]? {
    try begin()
    var results: [Result?] = Array(repeating: nil, count: runs.count)
    for waits in [false, true] {
      for (index, run) in runs.enumerated() where results[index] == nil {
        if stop.isRequested { return nil }
        let name = name(run)
        if let saved = savedResult(of: name, as: Result.self) {
          results[index] = saved
          continue
        }
        guard let lock = try lock(name, waits: waits, stop: stop) else {
          if waits { return nil }
          continue
        }
        results[index] = try withExtendedLifetime(lock) {
          try result(of: name) { folder, resume in try work(run, index, folder, resume) }
        }
        if results[index] == nil { return nil }
      }
    }
    return results.compactMap(\.self)
  }

  /// The sole right to a run; nil if another process has it and is not waited for, or if the wait was stopped.
  func lock(_ name: String, waits: Bool, stop: StopSignal) throws -> FileLock? {
    let folder = run(name)
    let parent = folder.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    let file = parent.appending(path: ".\(folder.lastPathComponent).lock")
    while !stop.isRequested {
      if let lock = try FileLock(file) { return lock }
      guard waits else { return nil }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return nil
  }

  private func result<Result: Codable>(
    of run: String, _ work: (_ folder: URL, _ resume: Bool) throws -> Result?
  ) throws -> Result? {
    // Another process may have finished it in the meantime.
    if let saved = savedResult(of: run, as: Result.self) { return saved }
    let folder = self.run(run)
    let isBegun = FileManager.default.fileExists(atPath: folder.appendingPathComponent("manifest.json").path)
    guard let result = try work(folder, isBegun) else { return nil }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(result, to: folder.appendingPathComponent("result.json"))
    return result
  }
}
