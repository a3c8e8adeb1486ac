import Foundation

/// Places that a command is about to write to.
enum OutputFile {
  /// Tells before any work that no file can be written at a place.
  static func check(_ output: String, at url: URL) throws {
    let parent = url.deletingLastPathComponent()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: parent.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw Failure.input("--output \(output): the folder \(parent.path) does not exist; create it first")
    }
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      throw Failure.input("--output \(output): is a folder; name a file")
    }
  }
}
