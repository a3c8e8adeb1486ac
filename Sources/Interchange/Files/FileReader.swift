public import Foundation

/// Reads parts of a file, with errors that name the file and the byte.
public final class FileReader {
  private let descriptor: Int32
  /// The file as the caller named it.
  public let path: String
  /// The length of the file in bytes.
  public let count: Int

  /// Opens a file.
  ///
  /// **Throws**: `InterchangeError` if it does not exist, is a folder or cannot be read.
  public init(_ url: URL) throws(InterchangeError) {
    let path = url.path
    let descriptor = try SystemFile.openForReading(path)
    do throws(InterchangeError) {
      count = try SystemFile.size(descriptor, path: path)
    } catch {
      SystemFile.closeDescriptor(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
  }

  /// Returns exactly `length` bytes at `offset`.
  ///
  /// **Throws**: `InterchangeError` of kind `truncated`, naming `what`, if the file ends before.
  public func bytes(at offset: Int, count length: Int, of what: String) throws(InterchangeError) -> [UInt8] {
    let (end, overflow) = offset.addingReportingOverflow(length)
    guard offset >= 0, length >= 0, !overflow, end <= count else {
      throw InterchangeError(
        .truncated, path: path, offset: offset, "the file ends inside \(what) (\(count) bytes in all)",
        expected: "\(length) bytes from here")
    }
    let bytes = try bytes(at: offset, upTo: length)
    guard bytes.count == length else {
      throw InterchangeError(
        .truncated, path: path, offset: offset + bytes.count, "the file became shorter while it was read")
    }
    return bytes
  }

  /// Returns at most `length` bytes at `offset`; fewer only at the end of the file.
  public func bytes(at offset: Int, upTo length: Int) throws(InterchangeError) -> [UInt8] {
    var failure: InterchangeError?
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
      do throws(InterchangeError) {
        filled = try SystemFile.read(
          descriptor, at: offset, into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: length),
          path: path)
      } catch {
        filled = 0
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Returns the whole file.
  public func allBytes() throws(InterchangeError) -> [UInt8] {
    try bytes(at: 0, count: count, of: "its contents")
  }

  deinit { SystemFile.closeDescriptor(descriptor) }
}
