public import Foundation

/// Finds the folder that holds a data set's files.
public enum DataFolder {
  /// The environment variable that names the folder where no other is given.
  public static let environmentVariable = "STEERABLE_DATA"

  /// Returns the folder given explicitly, else the one that `STEERABLE_DATA` names.
  ///
  /// **Throws**: `DatasetError.noFolder` if neither names one, and `DatasetError.invalid` if it is no folder.
  public static func resolve(
    _ explicit: String?, dataset: String, source: String,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(DatasetError) -> URL {
    let named = [explicit, environment[environmentVariable]].compactMap { $0 }.first { !$0.isEmpty }
    guard let named else { throw .noFolder(dataset: dataset, source: source) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: named, isDirectory: &isFolder), isFolder.boolValue else {
      throw .invalid("\(dataset): \(named) is no folder; \(source)")
    }
    return URL(fileURLWithPath: named, isDirectory: true)
  }

  /// Returns the first existing file among `names`, looked for in `folder` and then in its `subfolders`.
  ///
  /// **Throws**: `DatasetError.missingFile`, naming the first name and where to get it.
  static func file(
    _ names: [String], in folder: URL, subfolders: [String], source: String
  ) throws(DatasetError) -> URL {
    for place in [folder] + subfolders.map({ folder.appendingPathComponent($0, isDirectory: true) }) {
      for name in names {
        let url = place.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: url.path) { return url }
      }
    }
    throw .missingFile(name: names.joined(separator: " or "), folder: folder.path, source: source)
  }
}
