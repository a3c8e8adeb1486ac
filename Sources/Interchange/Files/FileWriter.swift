import Foundation

/// A buffered writer to a file in the making; see `AtomicFile`.
public final class FileWriter {
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private let path: String
  private static let capacity = 1 << 18

  /// The number of bytes written so far.
  public private(set) var offset = 0

  init(creating url: URL, reportedAs shown: String) throws(InterchangeError) {
    descriptor = try SystemFile.create(url.path, reportedAs: shown)
    path = shown
    buffer.reserveCapacity(Self.capacity)
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(InterchangeError) {
    try flushIfNeeded(adding: bytes.count)
    if bytes.count >= Self.capacity {
      var failure: InterchangeError?
      bytes.withUnsafeBytes { raw in
        do throws(InterchangeError) { try SystemFile.write(descriptor, raw, path: path) } catch { failure = error }
      }
      if let failure { throw failure }
    } else {
      buffer.append(contentsOf: bytes)
    }
    offset += bytes.count
  }

  /// Appends the bytes of a raw buffer.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(InterchangeError) {
    try flushIfNeeded(adding: bytes.count)
    if bytes.count >= Self.capacity {
      try SystemFile.write(descriptor, bytes, path: path)
    } else {
      buffer.append(contentsOf: bytes)
    }
    offset += bytes.count
  }

  /// Appends text in UTF-8.
  public func write(_ text: String) throws(InterchangeError) {
    try write(Array(text.utf8))
  }

  private func flushIfNeeded(adding count: Int) throws(InterchangeError) {
    if buffer.count + count > Self.capacity { try flush() }
  }

  private func flush() throws(InterchangeError) {
    guard !buffer.isEmpty else { return }
    let pending = buffer
    buffer.removeAll(keepingCapacity: true)
    var failure: InterchangeError?
    pending.withUnsafeBytes { raw in
      do throws(InterchangeError) { try SystemFile.write(descriptor, raw, path: path) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  func close() throws(InterchangeError) {
    try flush()
    abandon()
  }

  func abandon() {
    if descriptor >= 0 { SystemFile.closeDescriptor(descriptor) }
    descriptor = -1
  }

  deinit { abandon() }
}
