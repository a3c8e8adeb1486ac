/// Little-endian integers in byte arrays.
extension [UInt8] {
  /// Returns the unsigned integer of `T`'s width at `offset`; the caller has checked the bounds.
  func littleEndian<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type, at offset: Int) -> T {
    var value: T = 0
    for index in 0..<MemoryLayout<T>.size { value |= T(self[offset + index]) << T(8 * index) }
    return value
  }

  /// Appends an integer in little-endian order.
  mutating func appendLittleEndian<T: FixedWidthInteger>(_ value: T) {
    for index in 0..<MemoryLayout<T>.size { append(UInt8(truncatingIfNeeded: value >> T(8 * index))) }
  }
}
