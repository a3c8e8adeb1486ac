/// The bytes of a protocol-buffer message, built field by field.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  /// Appends a varint field.
  mutating func add(_ field: Int, varint value: UInt64) {
    append(varint: UInt64(field) << 3)
    append(varint: value)
  }

  /// Appends a 64-bit floating-point field.
  mutating func add(_ field: Int, double value: Double) {
    append(varint: UInt64(field) << 3 | 1)
    append(littleEndian: value.bitPattern)
  }

  /// Appends a 32-bit floating-point field.
  mutating func add(_ field: Int, float value: Float) {
    append(varint: UInt64(field) << 3 | 5)
    append(littleEndian: value.bitPattern)
  }

  /// Appends a length-delimited field.
  mutating func add(_ field: Int, bytes value: [UInt8]) {
    append(varint: UInt64(field) << 3 | 2)
    append(varint: UInt64(value.count))
    bytes += value
  }

  /// Appends a text field.
  mutating func add(_ field: Int, string value: String) { add(field, bytes: Array(value.utf8)) }

  /// Appends a nested message.
  mutating func add(_ field: Int, message: ProtobufMessage) { add(field, bytes: message.bytes) }

  /// Appends a packed list of 64-bit floating-point values.
  mutating func add(_ field: Int, packed values: [Double]) {
    var packed = ProtobufMessage()
    for value in values { packed.append(littleEndian: value.bitPattern) }
    add(field, bytes: packed.bytes)
  }

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(littleEndian value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}
