/// Which files of a data set of radio galaxies are read.
public struct RadioGalaxyRelease: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The archive, or the folder of unpacked files.
  public let path: String
  /// The MD5 checksum of the archive; nil for unpacked files.
  public let checksum: String?
  /// The name of the release that has this checksum; nil if none on record has.
  public let name: String?

  init(path: String, checksum: String? = nil, name: String? = nil) {
    self.path = path
    self.checksum = checksum
    self.name = name
  }

  /// One sentence, for logs and reports.
  public var description: String {
    guard let checksum else { return "\(path), unpacked" }
    return "\(path), \(name ?? "a release that is not on record"), MD5 \(checksum)"
  }
}
