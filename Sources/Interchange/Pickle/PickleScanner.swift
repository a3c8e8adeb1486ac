/// Reads the operands of pickle instructions from bytes.
struct PickleScanner {
  let bytes: [UInt8]
  var position: Int
  let path: String
  /// What is added to positions in messages, where the bytes are a part of a file.
  let base: Int

  func failure(
    _ problem: String, at offset: Int? = nil, expected: String? = nil, kind: InterchangeError.Kind = .malformed
  ) -> InterchangeError {
    InterchangeError(kind, path: path, offset: base + (offset ?? position), problem, expected: expected)
  }

  mutating func byte() throws(InterchangeError) -> UInt8 {
    guard position < bytes.count else { throw failure("the pickle ends before its STOP", kind: .truncated) }
    position += 1
    return bytes[position - 1]
  }

  mutating func take(_ count: Int) throws(InterchangeError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else {
      throw failure(
        "the pickle ends inside a value of \(count) bytes", expected: "at most \(bytes.count - position)",
        kind: .truncated)
    }
    position += count
    return bytes[(position - count)..<position]
  }

  /// A little-endian integer without sign, as lengths and memo places are written.
  mutating func length<T: FixedWidthInteger & UnsignedInteger>(_ type: T.Type) throws(InterchangeError) -> Int {
    let start = position
    _ = try take(MemoryLayout<T>.size)
    let value = bytes.littleEndian(type, at: start)
    guard let length = Int(exactly: value) else {
      throw failure("a length is \(value)", at: start, expected: "less than 2^63")
    }
    return length
  }

  /// The bytes up to the end of the line, without it.
  mutating func line() throws(InterchangeError) -> ArraySlice<UInt8> {
    guard let end = bytes[position...].firstIndex(of: 0x0A) else {
      throw failure("the pickle ends inside a line of text", kind: .truncated)
    }
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  mutating func textLine() throws(InterchangeError) -> String {
    let start = position
    return try text(try line(), at: start)
  }

  func text(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(InterchangeError) -> String {
    // Python's "surrogatepass" texts are no Unicode; no key or name needs them.
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("a text is not UTF-8", at: offset)
    }
    return text
  }

  mutating func decimal() throws(InterchangeError) -> Int {
    let start = position
    let text = try textLine()
    guard let value = Int(text) else { throw failure("\"\(text.prefix(20))\" is no integer", at: start) }
    return value
  }

  /// A double, big-endian, as BINFLOAT has it.
  mutating func double() throws(InterchangeError) -> Double {
    Double(bitPattern: try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// An integer in two's complement, little-endian, of any length.
  func integer(_ bytes: ArraySlice<UInt8>) -> PickleValue {
    var digits = bytes
    // A last byte that only repeats the sign says nothing.
    while let last = digits.last, digits.count > 1, last == (digits[digits.endIndex - 2] & 0x80 == 0 ? 0 : 0xFF) {
      digits.removeLast()
    }
    guard digits.count > 8 else {
      var value: UInt64 = (digits.last ?? 0) & 0x80 == 0 ? 0 : .max
      for digit in digits.reversed() { value = value << 8 | UInt64(digit) }
      return .integer(Int(bitPattern: UInt(value)))
    }
    return .largeInteger(Array(digits))
  }

  /// The integer of a decimal text such as `123L` or `-5`.
  func integer(decimal text: String, at offset: Int) throws(InterchangeError) -> PickleValue {
    let digits = text.hasSuffix("L") ? text.dropLast() : text[...]
    if let value = Int(digits) { return .integer(value) }
    let magnitude = digits.drop { $0 == "-" || $0 == "+" }
    guard !magnitude.isEmpty, magnitude.count <= 400, digits.count - magnitude.count <= 1,
      magnitude.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else {
      throw failure("\"\(text.prefix(20))\" is no integer", at: offset, expected: "at most 400 digits")
    }
    var bytes: [UInt8] = []
    for digit in magnitude.utf8 {
      var carry = Int(digit - 0x30)
      for index in bytes.indices {
        carry += Int(bytes[index]) * 10
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      if carry > 0 { bytes.append(UInt8(carry)) }
    }
    bytes.append(0)
    if digits.hasPrefix("-") {
      var carry = 1
      for index in bytes.indices {
        carry += Int(~bytes[index])
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
    }
    return integer(bytes[...])
  }
}
