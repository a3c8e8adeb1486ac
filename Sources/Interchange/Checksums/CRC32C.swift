/// The Castagnoli check (polynomial `0x82F63B78`, reflected), and its masked form as event files store it.
///
/// `masked` is `rotateRight(crc, 15) + 0xA282EAD8`: record files keep this value so that a checksum over data
/// that itself holds checksums stays strong.
public enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in (value >> 1) ^ ((value & 1) == 1 ? 0x82F6_3B78 : 0) }
  }

  /// Returns the checksum of `bytes`, optionally continuing from the checksum of the bytes before them.
  ///
  /// **Complexity**: O(n), one table look-up for each byte.
  public static func checksum(_ bytes: some Sequence<UInt8>, continuing previous: UInt32 = 0) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      var value = ~previous
      for byte in bytes {
        value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8)
      }
      return ~value
    }
  }

  /// Returns the masked checksum that precedes and follows each record of an event file.
  public static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let value = checksum(bytes)
    return ((value >> 15) | (value << 17)) &+ 0xA282_EAD8
  }
}
