extension ConfigurationNode {
  /// A setting that was translated from a file of another format.
  public struct Translated: Hashable, Sendable {
    /// The dotted path of the setting here, such as `training.epochs`.
    public let path: String
    /// The value.
    public let value: ConfigurationValue
    /// Where it was written.
    public let origin: ConfigurationOrigin

    /// Creates a setting.
    public init(_ path: String, _ value: ConfigurationValue, _ origin: ConfigurationOrigin) {
      self.path = path
      self.value = value
      self.origin = origin
    }
  }

  /// A whole configuration of translated settings, with overrides of the form `key.sub=value`; errors name the places in the
  /// original file.
  ///
  /// **Throws**: `ConfigurationError` for overrides that do not fit.
  public static func make(
    _ settings: [Translated], source: String, overrides: [String] = []
  ) throws(ConfigurationError) -> ConfigurationNode {
    var tree = ConfigurationTree(content: .section([]), origin: .file(source))
    for setting in settings {
      tree.insert(
        setting.path.split(separator: ".").map(String.init)[...],
        ConfigurationTree(setting.value, origin: setting.origin))
    }
    for override in overrides { try tree.apply(override: override) }
    guard case .section(let entries) = tree.content else {
      throw ConfigurationError(origin: tree.origin, message: "the file must hold keys and values")
    }
    return ConfigurationNode(path: "", entries: entries, origin: tree.origin)
  }
}

extension ConfigurationTree {
  init(_ value: ConfigurationValue, origin: ConfigurationOrigin) {
    let content: Content =
      switch value {
      case .null: .scalar(ConfigurationScalar(text: "", isPlain: true))
      case .bool(let value): .scalar(ConfigurationScalar(text: value ? "true" : "false", isPlain: true))
      case .int(let value): .scalar(ConfigurationScalar(text: "\(value)", isPlain: true))
      case .double(let value): .scalar(ConfigurationScalar(text: "\(value)", isPlain: true))
      case .string(let text): .scalar(ConfigurationScalar(text: text, isPlain: false))
      case .list(let values): .list(values.map { ConfigurationTree($0, origin: origin) })
      case .section(let entries):
        .section(
          entries.map { Entry(key: $0.key, keyOrigin: origin, value: ConfigurationTree($0.value, origin: origin)) })
      }
    self.init(content: content, origin: origin)
  }

  /// Puts a value below a path; missing sections on the way are made.
  mutating func insert(_ path: ArraySlice<String>, _ value: ConfigurationTree) {
    guard let key = path.first, case .section(var entries) = content else {
      self = value
      return
    }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value.insert(path.dropFirst(), value)
    } else {
      var child = ConfigurationTree(content: .section([]), origin: value.origin)
      child.insert(path.dropFirst(), value)
      entries.append(Entry(key: key, keyOrigin: value.origin, value: child))
    }
    content = .section(entries)
  }
}
