/// A resolved setting: what a section was read as, with defaults filled in.
public indirect enum ConfigurationValue: Hashable, Sendable {
  /// No value.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case int(Int)
  /// A number.
  case double(Double)
  /// A text.
  case string(String)
  /// Values in order.
  case list([ConfigurationValue])
  /// Named values in the order they were read.
  case section([Entry])

  /// A named value of a section.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: ConfigurationValue

    /// Names a value.
    public init(key: String, value: ConfigurationValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value under `key`, if this is a section that has it.
  public subscript(key: String) -> ConfigurationValue? {
    guard case .section(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// Each leaf with its dotted path, as `training.optimizer.learningRate`.
  public var flattened: [(path: String, value: String)] {
    var leaves: [(path: String, value: String)] = []
    collect(prefix: "", into: &leaves)
    return leaves
  }

  private func collect(prefix: String, into leaves: inout [(path: String, value: String)]) {
    switch self {
    case .section(let entries):
      for entry in entries {
        entry.value.collect(prefix: prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)", into: &leaves)
      }
    case .list(let values) where values.contains(where: \.isSection):
      for (index, value) in values.enumerated() { value.collect(prefix: "\(prefix).\(index)", into: &leaves) }
    default:
      leaves.append((prefix, flowText))
    }
  }

  var isSection: Bool {
    if case .section = self { true } else { false }
  }
}
