/// The header of an npy file: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyHeader: Equatable {
  var element: ElementType
  var isBigEndian: Bool
  var isFortranOrder: Bool
  var shape: [Int]

  /// What is wrong, and at which byte of the text.
  struct Failure: Error {
    let offset: Int
    let problem: String
    let expectation: String
    var isUnsupported = false
  }

  private static let codes: [(String, ElementType)] = [
    ("f8", .float64), ("f4", .float32), ("f2", .float16), ("i8", .int64), ("i4", .int32), ("i2", .int16), ("i1", .int8),
    ("u8", .uint64), ("u4", .uint32), ("u2", .uint16), ("u1", .uint8), ("b1", .bool), ("c8", .complex64),
    ("c16", .complex128),
  ]

  /// The element type of a code without byte order, such as `f4`.
  static func element(code: String) -> ElementType? { codes.first { $0.0 == code }?.1 }

  /// The header text, padded so that the data start at a multiple of 64 bytes; nil if NumPy lacks the type.
  static func serialized(_ element: ElementType, shape: [Int], isFortranOrder: Bool) -> [UInt8]? {
    guard let code = codes.first(where: { $0.1 == element })?.0 else { return nil }
    let order = element.size == 1 ? "|" : "<"
    let lengths = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    let text =
      "{'descr': '\(order)\(code)', 'fortran_order': \(isFortranOrder ? "True" : "False"), 'shape': (\(lengths)), }"
    let isLong = text.utf8.count + 1 + 10 + 64 > 0xFFFF
    let prefix = isLong ? 12 : 10
    let padding = (64 - (prefix + text.utf8.count + 1) % 64) % 64
    let length = text.utf8.count + padding + 1
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [isLong ? 2 : 1, 0]
    if isLong { bytes.appendLittleEndian(UInt32(length)) } else { bytes.appendLittleEndian(UInt16(length)) }
    return bytes + Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
  }

  /// Parses the header text strictly.
  static func parse(_ bytes: [UInt8]) throws(Failure) -> NumPyHeader {
    var scanner = Scanner(bytes: bytes)
    try scanner.require("{")
    var descriptor: (String, Int)?
    var fortran: Bool?
    var shape: [Int]?
    while !scanner.take("}") {
      let start = scanner.position
      switch try scanner.string() {
      case "descr" where descriptor == nil:
        try scanner.require(":")
        scanner.skipSpace()
        let place = scanner.position
        if scanner.peek == UInt8(ascii: "[") {
          throw Failure(
            offset: place, problem: "the elements are records", expectation: "plain numbers", isUnsupported: true)
        }
        descriptor = (try scanner.string(), place)
      case "fortran_order" where fortran == nil:
        try scanner.require(":")
        fortran = try scanner.bool()
      case "shape" where shape == nil:
        try scanner.require(":")
        shape = try scanner.tuple()
      case let key:
        throw Failure(
          offset: start, problem: "the header key '\(key)' is unknown or occurs twice",
          expectation: "descr, fortran_order and shape, once each")
      }
      if !scanner.take(",") {
        try scanner.require("}")
        break
      }
    }
    scanner.skipSpace()
    guard scanner.position == bytes.count else {
      throw Failure(offset: scanner.position, problem: "there is text after the header", expectation: "spaces")
    }
    guard let descriptor, let fortran, let shape else {
      throw Failure(
        offset: 0, problem: "the header is incomplete", expectation: "the keys descr, fortran_order and shape")
    }
    let (element, isBigEndian) = try type(descriptor.0, at: descriptor.1)
    return NumPyHeader(element: element, isBigEndian: isBigEndian, isFortranOrder: fortran, shape: shape)
  }

  private static func type(_ text: String, at offset: Int) throws(Failure) -> (ElementType, Bool) {
    let order = text.first ?? " "
    let code = String(text.dropFirst())
    guard let element = element(code: code), "<>|=".contains(order),
      order != "|" || element.size == 1
    else {
      throw Failure(
        offset: offset, problem: "the element type '\(text)' cannot be read",
        expectation: "f2, f4, f8, i1 to i8, u1 to u8, b1, c8 or c16 with a byte order", isUnsupported: true)
    }
    return (element, order == ">")
  }
}

extension NumPyHeader {
  /// Reads the few Python literals of a header.
  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    func failure(_ expectation: String) -> Failure {
      Failure(offset: position, problem: "the header is malformed", expectation: expectation)
    }

    mutating func skipSpace() {
      while let byte = peek, byte == 0x20 || byte == 0x0A { position += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      guard peek == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func require(_ character: Unicode.Scalar) throws(Failure) {
      if !take(character) { throw failure("'\(character)'") }
    }

    mutating func string() throws(Failure) -> String {
      skipSpace()
      guard let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        throw failure("a string in quotes")
      }
      guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { throw failure("a closing quote") }
      let text = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
      position = end + 1
      return text
    }

    mutating func bool() throws(Failure) -> Bool {
      skipSpace()
      for (word, value) in [("True", true), ("False", false)] where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
      throw failure("True or False")
    }

    mutating func tuple() throws(Failure) -> [Int] {
      try require("(")
      var values: [Int] = []
      while !take(")") {
        skipSpace()
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
          position = start
          throw failure("a length of 0 or more")
        }
        values.append(value)
        if !take(",") {
          guard values.count > 1 else { throw failure("',' after the only length") }
          try require(")")
          break
        }
      }
      return values
    }
  }
}
