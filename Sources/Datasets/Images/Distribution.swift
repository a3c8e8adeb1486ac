internal import Foundation
internal import Interchange

/// Where the files of a data set may lie: unpacked, or still in the archive that they are published in.
struct Distribution {
  /// A file's contents, and its place for messages.
  struct File {
    let bytes: [UInt8]
    let path: String
  }

  /// Folders below the data folder in which unpacked files may lie.
  let subfolders: [String]
  /// The archive, a gzipped tar.
  let archive: String
  /// Where the archive can be had.
  let source: String

  /// The contents of the files with these names, in their order; unpacked files come first.
  ///
  /// **Throws**: `DatasetError` if one is neither in `folder` nor in an archive there.
  func files(_ names: [String], in folder: URL) throws(DatasetError) -> [File] {
    let places = [folder] + subfolders.map { folder.appendingPathComponent($0, isDirectory: true) }
    let unpacked = names.map { name in
      places.map { $0.appendingPathComponent(name) }.first { FileManager.default.fileExists(atPath: $0.path) }
    }
    do throws(InterchangeError) {
      if !unpacked.contains(nil) {
        var files: [File] = []
        for case let url? in unpacked { files.append(File(bytes: try Gzip.contents(of: url), path: url.path)) }
        return files
      }
      for place in places {
        let url = place.appendingPathComponent(archive)
        guard FileManager.default.fileExists(atPath: url.path) else { continue }
        let found = try members(names, of: url)
        if let missing = names.first(where: { found[$0] == nil }) {
          throw InterchangeError(.malformed, path: url.path, "there is no \(missing) in the archive", expected: source)
        }
        return names.compactMap { found[$0] }
      }
    } catch {
      throw .file(error)
    }
    let missing = zip(names, unpacked).first { $0.1 == nil }?.0 ?? archive
    throw .missingFile(name: "\(missing) or \(archive)", folder: folder.path, source: source)
  }

  private func members(_ names: [String], of url: URL) throws(InterchangeError) -> [String: File] {
    let reader = try TarReader(url)
    var found: [String: File] = [:]
    while found.count < Set(names).count, let entry = try reader.next() {
      let name = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
      guard entry.isFile, names.contains(name) else { continue }
      found[name] = File(bytes: try reader.contents(), path: "\(url.path)(\(entry.name))")
    }
    return found
  }
}
