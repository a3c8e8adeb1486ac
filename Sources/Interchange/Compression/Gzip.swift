public import Foundation
import CZlib

/// Reads and writes gzip files.
public enum Gzip {
  /// Returns the uncompressed contents of a file; a file that does not start with the gzip magic is returned as it is.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated or damaged file.
  public static func contents(of url: URL) throws(InterchangeError) -> [UInt8] {
    let stream = try GzipReader(url)
    var result: [UInt8] = []
    while true {
      let part = try stream.read(upTo: 1 << 20)
      if part.isEmpty { return result }
      result.append(contentsOf: part)
    }
  }

  /// Returns `bytes` as one gzip member without name or time, so that equal input gives equal output.
  public static func compressed(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    Deflate.compressed(bytes, level: level, format: .gzip)
  }

  /// Writes `bytes` compressed to a file, atomically.
  public static func write(_ bytes: [UInt8], to url: URL, level: Int = 6) throws(InterchangeError) {
    try AtomicFile.write(compressed(bytes, level: level), to: url)
  }
}
