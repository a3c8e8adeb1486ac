extension ConfigurationValue {
  /// The value as a YAML document that reads back to the same value.
  public var yaml: String {
    var text = ""
    switch self {
    case .section(let entries): Self.append(entries, indent: 0, to: &text)
    default: text = flowText + "\n"
    }
    return text
  }

  /// The value on one line.
  var flowText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): value == value.rounded() && abs(value) < 1e15 ? String(value) : "\(value)"
    case .string(let value): Self.scalar(value)
    case .list(let values): "[" + values.map(\.flowText).joined(separator: ", ") + "]"
    case .section(let entries):
      "{" + entries.map { "\(Self.scalar($0.key)): \($0.value.flowText)" }.joined(separator: ", ") + "}"
    }
  }

  private static func append(_ entries: [Entry], indent: Int, to text: inout String) {
    let margin = String(repeating: " ", count: indent)
    for entry in entries {
      text += "\(margin)\(scalar(entry.key)):"
      switch entry.value {
      case .section(let children) where !children.isEmpty:
        text += "\n"
        append(children, indent: indent + 2, to: &text)
      case .list(let values) where values.contains(where: \.isSection):
        text += "\n"
        for value in values { text += "\(margin)  - \(value.flowText)\n" }
      default:
        text += " \(entry.value.flowText)\n"
      }
    }
  }

  /// A YAML scalar that reads back as the same text.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.first.map { isLetter($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/") } == true
      && text.utf8.last != UInt8(ascii: " ")
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || " _-./()+*".utf8.contains($0) }
      && ConfigurationScalar(text: text, isPlain: true).kind == .text
    if isPlain { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
