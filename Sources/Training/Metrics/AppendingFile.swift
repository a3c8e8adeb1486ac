internal import Foundation

/// A file that grows at its end and can be cut back to a length that a checkpoint remembers.
///
/// Each write goes to the system at once, so the file survives the death of the process.
final class AppendingFile {
  let url: URL
  private let handle: FileHandle
  private(set) var length: Int

  /// Opens or creates the file, cut to `length` bytes if it is longer; nil starts it anew.
  init(_ url: URL, keeping length: Int?) throws(TrainingError) {
    self.url = url
    do {
      if !FileManager.default.fileExists(atPath: url.path) {
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
          throw CocoaError(.fileWriteNoPermission)
        }
      }
      handle = try FileHandle(forUpdating: url)
      let end = Int(try handle.seekToEnd())
      let kept = min(end, length ?? 0)
      if kept < end { try handle.truncate(atOffset: UInt64(kept)) }
      try handle.seek(toOffset: UInt64(kept))
      self.length = kept
    } catch {
      throw TrainingError.unwritable(path: url.path)
    }
  }

  func write(_ bytes: [UInt8]) throws(TrainingError) {
    do {
      try handle.write(contentsOf: Data(bytes))
    } catch {
      throw TrainingError.unwritable(path: url.path)
    }
    length += bytes.count
  }

  func close() { try? handle.close() }

  deinit { close() }
}
