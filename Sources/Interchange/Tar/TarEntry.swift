/// A member of a tar archive.
public struct TarEntry: Hashable, Sendable {
  /// The name as the archive has it, with the folders in it; for looking up, never for writing to.
  public let name: String
  /// The number of bytes.
  public let size: Int
  /// Whether the member is a regular file; the others (folders, links, devices) have no contents here.
  public let isFile: Bool
}
