import CZlib

/// The cyclic redundancy check of zip, gzip and PNG (polynomial `0xEDB88320`, reflected).
public enum CRC32 {
  /// Returns the checksum of `bytes`, optionally continuing from the checksum of the bytes before them.
  ///
  /// **Complexity**: O(n), at the speed of zlib.
  public static func checksum(_ bytes: [UInt8], continuing previous: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBytes { checksum($0, continuing: previous) }
  }

  /// Returns the checksum of a raw buffer.
  public static func checksum(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return previous }
    return UInt32(truncatingIfNeeded: crc32_z(UInt(previous), base, bytes.count))
  }
}
