internal import Foundation

/// A plain value as Python writes it: what the configuration files of many published studies hold.
public enum PythonLiteral: Hashable, Sendable {
  /// `None`.
  case none
  /// `True` or `False`.
  case bool(Bool)
  /// A whole number.
  case int(Int)
  /// A number.
  case double(Double)
  /// A text in quotes.
  case text(String)

  /// Why a text is no literal.
  struct Failure: Error, Hashable {
    let problem: String
  }

  /// Reads a literal; white space around it and a comment after it are left out.
  init(parsing text: String) throws(Failure) {
    var rest = Substring(text.drop(while: \.isWhitespace))
    guard let first = rest.first, first != "#" else { throw Failure(problem: "there is no value") }
    if first == "'" || first == "\"" {
      self = .text(try Self.quoted(&rest))
    } else {
      let word = rest.prefix { $0 != "#" }
      rest = rest[word.endIndex...]
      self = try Self.plain(word.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    rest = rest.drop(while: \.isWhitespace)
    guard rest.isEmpty || rest.first == "#" else {
      throw Failure(problem: "\"\(rest.prefix(20))\" follows the value \(text.dropLast(rest.count))")
    }
  }

  private static func plain(_ word: String) throws(Failure) -> PythonLiteral {
    switch word {
    case "None": return .none
    case "True": return .bool(true)
    case "False": return .bool(false)
    default: break
    }
    // Python allows an underscore between two digits.
    let parts = word.split(separator: "_", omittingEmptySubsequences: false)
    let joins = zip(parts, parts.dropFirst()).allSatisfy { $0.last?.isNumber == true && $1.first?.isNumber == true }
    let digits = word.filter { $0 != "_" }
    let unsigned = digits.drop { $0 == "+" || $0 == "-" }
    guard joins, digits.count - unsigned.count <= 1, let first = unsigned.first, first.isASCII,
      first.isNumber || first == ".", unsigned.allSatisfy({ "0123456789.eE+-".contains($0) })
    else {
      throw Failure(problem: problem(word))
    }
    if unsigned.allSatisfy(\.isNumber) {
      guard unsigned.count == 1 || first != "0" || unsigned.allSatisfy({ $0 == "0" }) else {
        throw Failure(problem: "\(word) begins with a zero")
      }
      guard let value = Int(digits) else { throw Failure(problem: "\(word) is too large") }
      return .int(value)
    }
    // Python takes 5. for a number.
    guard let value = Double(digits.last == "." ? digits + "0" : digits), value.isFinite else {
      throw Failure(problem: "\(word) is no number")
    }
    return .double(value)
  }

  private static func problem(_ word: String) -> String {
    let cures = ["true": "True", "false": "False", "none": "None", "null": "None"]
    if let cure = cures[word.lowercased()] { return "\(word) is no Python value; did you mean \(cure)?" }
    if let first = word.first, "[({".contains(first) { return "\(word) is a container, not a single value" }
    return "\(word) is no Python value; a text needs quotes"
  }

  private static func quoted(_ rest: inout Substring) throws(Failure) -> String {
    let all = rest
    let quote = rest.removeFirst()
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { return text }
      guard character == "\\" else {
        text.append(character)
        continue
      }
      switch rest.popFirst() {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "\\": text.append("\\")
      case "'": text.append("'")
      case "\"": text.append("\"")
      case let other?:
        // Python keeps the backslash of what is no escape.
        text += "\\" + String(other)
      case nil: break
      }
    }
    throw Failure(problem: "\(all) has no closing quote")
  }
}
