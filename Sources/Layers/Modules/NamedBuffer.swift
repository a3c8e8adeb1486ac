/// A buffer with the key under which a module holds it.
public struct NamedBuffer {
  /// The key, for example `blocks.0.conv1.running_mean`.
  public let key: String
  /// The buffer.
  public let buffer: Buffer

  /// Creates a pair of key and buffer.
  public init(key: String, buffer: Buffer) {
    self.key = key
    self.buffer = buffer
  }
}
