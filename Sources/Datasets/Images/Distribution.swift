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
    let unpacked = names.map { location(of: $0, in: folder) }
    do throws(InterchangeError) {
      if !unpacked.contains(nil) {
        var files: [File] = []
        for case let url? in unpacked { files.append(File(bytes: try Gzip.contents(of: url), path: url.path)) }
        return files
      }
      if let url = location(of: archive, in: folder) {
        let found = try members(names, of: url)
        if let missing = names.first(where: { found[$0] == nil }) { throw absent(missing, from: url) }
        return names.compactMap { found[$0] }
      }
    } catch {
      throw .file(error)
    }
    let missing = zip(names, unpacked).first { $0.1 == nil }?.0 ?? archive
    throw .missingFile(name: "\(missing) or \(archive)", folder: folder.path, source: source)
  }

  /// The folders in which files may lie.
  func places(in folder: URL) -> [URL] {
    [folder] + subfolders.map { folder.appendingPathComponent($0, isDirectory: true) }
  }

  /// Where the file with this name lies; nil if it does not.
  func location(of name: String, in folder: URL) -> URL? {
    places(in: folder).map { $0.appendingPathComponent(name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Hands over one member of an archive after the other, in the archive's order, so that only one is in memory.
  ///
  /// The archive is read to its end, where its checksum stands. Members in folders that begin with a dot are no part of
  /// a data set.
  ///
  /// **Throws**: `DatasetError` for a damaged archive, one that lacks a name or has one twice, and what `body` throws.
  func forEachMember(
    _ names: [String], optional: [String] = [], of url: URL, _ body: (String, File) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let reader = try DatasetError.reading { () throws(InterchangeError) in try TarReader(url) }
    var seen: Set<String> = []
    while let entry = try DatasetError.reading({ () throws(InterchangeError) in try reader.next() }) {
      let parts = entry.name.split(separator: "/").map(String.init).filter { $0 != "." }
      guard entry.isFile, let name = parts.last, names.contains(name) || optional.contains(name),
        !parts.dropLast().contains(where: { $0.hasPrefix(".") })
      else { continue }
      guard seen.insert(name).inserted else {
        throw .file(
          InterchangeError(.malformed, path: url.path, "the archive has two files \(name)", expected: "one"))
      }
      let bytes = try DatasetError.reading { () throws(InterchangeError) in try reader.contents() }
      do throws(DatasetError) {
        try body(name, File(bytes: bytes, path: "\(url.path)(\(entry.name))"))
      } catch {
        // What looks like a wrong file is a damaged archive if the checksum at its end says so.
        try DatasetError.reading { () throws(InterchangeError) in try reader.finish() }
        throw error
      }
    }
    if let missing = names.first(where: { !seen.contains($0) }) { throw .file(absent(missing, from: url)) }
  }

  private func absent(_ name: String, from url: URL) -> InterchangeError {
    InterchangeError(.malformed, path: url.path, "there is no \(name) in the archive", expected: source)
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
