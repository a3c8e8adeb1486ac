/// A scalar as it stands in a YAML file, before its type is asked for.
struct ConfigurationScalar: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case null, bool, int, double, text
  }

  let text: String
  /// False when the scalar was quoted, which makes it a text whatever it holds.
  let isPlain: Bool

  var kind: Kind {
    guard isPlain else { return .text }
    if text.isEmpty || text == "~" || text.lowercased() == "null" { return .null }
    if bool != nil { return .bool }
    if int != nil { return .int }
    if double != nil { return .double }
    return .text
  }

  var bool: Bool? {
    guard isPlain else { return nil }
    return switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  var int: Int? {
    guard isPlain else { return nil }
    return Int(text)
  }

  var double: Double? {
    guard isPlain, let first = text.utf8.first else { return nil }
    switch text.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default: break
    }
    guard "0123456789+-.".utf8.contains(first), text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) })
    else { return nil }
    return Double(text)
  }

  /// The scalar as an error message quotes it.
  var quoted: String {
    switch kind {
    case .null: "nothing"
    case .bool, .int, .double: text
    case .text: "\"\(text)\""
    }
  }
}
