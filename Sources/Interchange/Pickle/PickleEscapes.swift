/// Decodes the escaped texts of protocol 0.
enum PickleEscapes {
  /// The bytes of a Python 2 string literal with its quotes, or nil if it is malformed.
  static func bytes(ofLiteral literal: ArraySlice<UInt8>) -> [UInt8]? {
    guard literal.count >= 2, let quote = literal.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      literal.last == quote
    else { return nil }
    let inside = Array(literal.dropFirst().dropLast())
    var result: [UInt8] = []
    var index = 0
    while index < inside.count {
      let byte = inside[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard index < inside.count else { return nil }
      let escape = inside[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
      case UInt8(ascii: "x"):
        guard let value = number(inside, at: index, count: 2) else { return nil }
        result.append(UInt8(value))
        index += 2
      default: return nil
      }
    }
    return result
  }

  /// The text of a raw-unicode-escape: Latin-1 with `\uXXXX` and `\UXXXXXXXX`; nil if it is malformed.
  static func text(ofRaw raw: ArraySlice<UInt8>) -> String? {
    let raw = Array(raw)
    var units: [UInt16] = []
    var index = 0
    while index < raw.count {
      let digits: Int? =
        raw[index] != UInt8(ascii: "\\") || index + 1 == raw.count
        ? nil : raw[index + 1] == UInt8(ascii: "u") ? 4 : raw[index + 1] == UInt8(ascii: "U") ? 8 : nil
      guard let digits else {
        units.append(UInt16(raw[index]))
        index += 1
        continue
      }
      guard let value = number(raw, at: index + 2, count: digits) else { return nil }
      if let unit = UInt16(exactly: value) {
        units.append(unit)
      } else if let scalar = Unicode.Scalar(value) {
        units += Array(String(scalar).utf16)
      } else {
        return nil
      }
      index += 2 + digits
    }
    return String(validating: units, as: UTF16.self)
  }

  private static func number(_ bytes: [UInt8], at start: Int, count: Int) -> UInt32? {
    guard start + count <= bytes.count else { return nil }
    let digits = bytes[start..<(start + count)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
