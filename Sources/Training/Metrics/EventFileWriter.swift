public import Foundation
internal import Interchange

/// Writes a TensorBoard event file.
///
/// Each record is the length of an `Event` message, a masked CRC-32C of the length, the message, and a masked CRC-32C
/// of the message.
public final class EventFileWriter {
  private let file: AppendingFile
  private let wallTime: () -> Double

  /// The bytes written so far; a checkpoint remembers it.
  public var length: Int { file.length }

  /// Opens or creates the file at `url`.
  ///
  /// - Parameters:
  ///   - url: the file; TensorBoard looks for names that hold `tfevents`.
  ///   - length: the bytes to keep of an existing file; nil starts it anew.
  ///   - wallTime: seconds since 1970.
  ///
  /// **Throws**: `TrainingError.unwritable`.
  public init(
    _ url: URL, keeping length: Int? = nil, wallTime: @escaping () -> Double = { Date().timeIntervalSince1970 }
  ) throws(TrainingError) {
    self.wallTime = wallTime
    file = try AppendingFile(url, keeping: length)
    if file.length == 0 {
      var event = ProtobufMessage()
      event.add(1, double: wallTime())
      event.add(3, string: "brain.Event:2")
      try append(event)
    }
  }

  /// Adds named numbers at a step.
  public func add(scalars: [(tag: String, value: Double)], step: Int) throws(TrainingError) {
    var summary = ProtobufMessage()
    for (tag, value) in scalars {
      var entry = ProtobufMessage()
      entry.add(1, string: tag)
      entry.add(2, float: Float(value))
      summary.add(1, message: entry)
    }
    try add(summary, step: step)
  }

  /// Adds the distribution of `values` at a step, in `bins` bins of equal width.
  public func add(histogram values: [Double], tag: String, step: Int, bins: Int = 30) throws(TrainingError) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return }
    let width = high > low ? (high - low) / Double(bins) : 1
    var counts = [Double](repeating: 0, count: bins)
    for value in finite { counts[min(bins - 1, Int((value - low) / width))] += 1 }
    var histogram = ProtobufMessage()
    histogram.add(1, double: low)
    histogram.add(2, double: high)
    histogram.add(3, double: Double(finite.count))
    histogram.add(4, double: finite.reduce(0, +))
    histogram.add(5, double: finite.reduce(0) { $0 + $1 * $1 })
    histogram.add(6, packed: (1...bins).map { low + Double($0) * width })
    histogram.add(7, packed: counts)
    var entry = ProtobufMessage()
    entry.add(1, string: tag)
    entry.add(5, message: histogram)
    var summary = ProtobufMessage()
    summary.add(1, message: entry)
    try add(summary, step: step)
  }

  /// Adds a picture, encoded as PNG, at a step.
  public func add(png: [UInt8], width: Int, height: Int, tag: String, step: Int) throws(TrainingError) {
    var image = ProtobufMessage()
    image.add(1, varint: UInt64(height))
    image.add(2, varint: UInt64(width))
    image.add(3, varint: 3)
    image.add(4, bytes: png)
    var entry = ProtobufMessage()
    entry.add(1, string: tag)
    entry.add(4, message: image)
    var summary = ProtobufMessage()
    summary.add(1, message: entry)
    try add(summary, step: step)
  }

  /// Closes the file; nothing can be added afterwards.
  public func close() { file.close() }

  private func add(_ summary: ProtobufMessage, step: Int) throws(TrainingError) {
    var event = ProtobufMessage()
    event.add(1, double: wallTime())
    event.add(2, varint: UInt64(bitPattern: Int64(step)))
    event.add(5, message: summary)
    try append(event)
  }

  private func append(_ event: ProtobufMessage) throws(TrainingError) {
    try file.write(Self.record(event.bytes))
  }

  /// A message with the lengths and checksums around it.
  static func record(_ message: [UInt8]) -> [UInt8] {
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    let length = bytes(UInt64(message.count))
    return length + bytes(CRC32C.masked(length)) + message + bytes(CRC32C.masked(message))
  }
}
