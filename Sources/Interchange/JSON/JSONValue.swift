/// A JSON value that keeps the order of the keys and the exact text of numbers.
enum JSONValue {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  var integer: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }
}
