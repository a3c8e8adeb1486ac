public import Foundation

/// Writes files that are either complete or absent.
///
/// The bytes go to a temporary name in the same folder, are flushed to the disk, and the file is then renamed over its
/// final name. A reader, or a process that is killed at any moment, sees the old file or the new one and never a part;
/// an error removes the temporary file.
public enum AtomicFile {
  /// Creates or replaces the file at `url` with what `body` writes.
  ///
  /// **Throws**: `InterchangeError` if the system refuses, and whatever `body` throws; nothing is left behind.
  public static func write<Result>(to url: URL, _ body: (FileWriter) throws -> Result) throws -> Result {
    try withTemporary(for: url) { temporary in
      let writer = try FileWriter(creating: temporary, reportedAs: url.path)
      do {
        let result = try body(writer)
        try writer.close()
        return result
      } catch {
        writer.abandon()
        throw error
      }
    }
  }

  /// Creates or replaces the file at `url` with `bytes`.
  public static func write(_ bytes: [UInt8], to url: URL) throws(InterchangeError) {
    do {
      try write(to: url) { try $0.write(bytes) }
    } catch let error as InterchangeError {
      throw error
    } catch {
      throw InterchangeError(.unwritable, path: url.path, "\(error)")
    }
  }

  /// Creates or replaces the file at `url` with `text` in UTF-8.
  public static func write(_ text: String, to url: URL) throws(InterchangeError) {
    try write(Array(text.utf8), to: url)
  }

  /// Calls `body` with a temporary name beside `url`, then moves the file that it made there to `url`.
  ///
  /// For writers that take a path of their own. The temporary file is removed if `body` throws or makes nothing.
  ///
  /// **Throws**: `InterchangeError` if the system refuses, and whatever `body` throws.
  public static func withTemporary<Result>(for url: URL, _ body: (URL) throws -> Result) throws -> Result {
    let folder = url.deletingLastPathComponent()
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      throw InterchangeError(.unwritable, path: url.path, "this is a folder", expected: "the name of a file")
    }
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw InterchangeError(
        .unwritable, path: url.path, "the folder \(folder.path) does not exist", expected: "an existing folder")
    }
    let unique = UUID().uuidString.prefix(8)
    let process = ProcessInfo.processInfo.processIdentifier
    let temporary = folder.appendingPathComponent(
      ".\(url.lastPathComponent).\(process)-\(unique)\(temporarySuffix)")
    do {
      let result = try body(temporary)
      try SystemFile.synchronize(temporary, reportedAs: url.path)
      try SystemFile.rename(temporary, to: url)
      SystemFile.synchronizeFolder(folder)
      return result
    } catch {
      SystemFile.removeIfPresent(temporary)
      throw error
    }
  }

  /// Removes the temporary files that processes which no longer run have left in `folder`, and returns their names.
  ///
  /// Only a process that was killed leaves such files; those of running processes are kept.
  @discardableResult
  public static func removeLeftovers(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { name in
      guard name.hasPrefix("."), name.hasSuffix(temporarySuffix),
        let mark = name.dropLast(temporarySuffix.count).split(separator: ".").last,
        let process = Int32(mark.prefix { $0 != "-" }), !SystemFile.isRunning(process)
      else { return false }
      SystemFile.removeIfPresent(folder.appendingPathComponent(name))
      return true
    }
  }

  private static let temporarySuffix = ".partial"
}
