import Interchange
import Testing

@Suite struct ChecksumTests {
  @Test func knownValues() {
    let text = Array("123456789".utf8)
    #expect(CRC32.checksum(text) == 0xCBF4_3926)
    #expect(CRC32C.checksum(text) == 0xE306_9283)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32.checksum([]) == 0 && CRC32C.checksum([]) == 0)
  }

  @Test func continuation() {
    let text = Array("steerable networks".utf8)
    #expect(CRC32.checksum(Array(text[5...]), continuing: CRC32.checksum(Array(text[..<5]))) == CRC32.checksum(text))
    #expect(CRC32C.checksum(text[5...], continuing: CRC32C.checksum(text[..<5])) == CRC32C.checksum(text))
  }

  @Test func mask() {
    let value = CRC32C.checksum(Array("abc".utf8))
    let masked = CRC32C.masked(Array("abc".utf8))
    let rotated = masked &- 0xA282_EAD8
    #expect((rotated >> 17) | (rotated << 15) == value)
    #expect(masked != value)
  }
}
