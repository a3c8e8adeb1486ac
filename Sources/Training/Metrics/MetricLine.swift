internal import Interchange

/// One line of a metrics file: named values in order, encoded as a JSON object.
public struct MetricLine: Hashable, Sendable {
  /// A value of a metrics line.
  public enum Value: Hashable, Sendable {
    /// A text.
    case text(String)
    /// A whole number.
    case int(Int)
    /// A number; one that is not finite is written as null.
    case number(Double)
    /// A truth value.
    case bool(Bool)
  }

  private var fields: [(key: String, value: Value)] = []

  /// Starts a line with its kind.
  public init(_ kind: String) { self["kind"] = .text(kind) }

  /// The value under `key`; assigning nil leaves a line as it is.
  public subscript(key: String) -> Value? {
    get { fields.first { $0.key == key }?.value }
    set {
      guard let newValue else { return }
      if let index = fields.firstIndex(where: { $0.key == key }) {
        fields[index].value = newValue
      } else {
        fields.append((key, newValue))
      }
    }
  }

  /// The line as JSON, without a line break.
  public var json: String {
    let members = fields.map { key, value in "\(JSONText.quoted(key)):\(Self.encode(value))" }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Whether both lines have the same fields in the same order.
  public static func == (lhs: MetricLine, rhs: MetricLine) -> Bool { lhs.json == rhs.json }

  /// Feeds the encoded line to the hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(json) }

  private static func encode(_ value: Value) -> String {
    switch value {
    case .text(let text): JSONText.quoted(text)
    case .int(let value): String(value)
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .bool(let value): value ? "true" : "false"
    }
  }
}
