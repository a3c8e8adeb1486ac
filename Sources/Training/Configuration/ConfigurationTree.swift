internal import Foundation
internal import Yams

/// The content of a configuration file with the origin of each part.
struct ConfigurationTree {
  struct Entry {
    let key: String
    let keyOrigin: ConfigurationOrigin
    var value: ConfigurationTree
  }

  enum Content {
    case scalar(ConfigurationScalar)
    case list([ConfigurationTree])
    case section([Entry])
  }

  var content: Content
  var origin: ConfigurationOrigin

  /// Reads the YAML text of the file shown as `source`.
  static func parse(yaml: String, source: String) throws(ConfigurationError) -> ConfigurationTree {
    let node = try compose(yaml) { line in line.map { .line(source, $0) } ?? .file(source) }
    guard let node else { return ConfigurationTree(content: .section([]), origin: .file(source)) }
    let tree = try convert(node, key: "", fallback: .file(source)) { .line(source, $0) }
    switch tree.content {
    case .section: return tree
    case .scalar(let scalar) where scalar.kind == .null:
      return ConfigurationTree(content: .section([]), origin: .file(source))
    default:
      throw ConfigurationError(
        origin: tree.origin, message: "the file must hold keys and values, as in \"name: demo\"")
    }
  }

  /// Reads the value of a flag.
  static func parse(flagValue: String, flag: String) throws(ConfigurationError) -> ConfigurationTree {
    let origin = ConfigurationOrigin.flag(flag)
    guard let node = try compose(flagValue, origin: { _ in origin }) else {
      return ConfigurationTree(content: .scalar(ConfigurationScalar(text: "", isPlain: true)), origin: origin)
    }
    return try convert(node, key: "", fallback: origin) { _ in origin }
  }

  private static func compose(
    _ yaml: String, origin: (Int?) -> ConfigurationOrigin
  ) throws(ConfigurationError) -> Node? {
    do {
      return try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      let (message, line) = describe(error)
      throw ConfigurationError(origin: origin(line), message: message)
    } catch {
      throw ConfigurationError(origin: origin(nil), message: "not readable as YAML: \(error)")
    }
  }

  private static func describe(_ error: YamlError) -> (message: String, line: Int?) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      // The parser's words do not tell the most frequent cause.
      (
        "not valid YAML: \(problem)"
          + (problem.contains("cannot start any token") ? "; indent with spaces, not with a tab" : ""), mark.line
      )
    case .duplicatedKeysInMapping(let duplicates, let context):
      ("the key \"\(duplicates.first ?? "")\" is given twice", context.mark.line)
    case .reader(let problem, _, _, _): ("not valid YAML: \(problem)", nil)
    default: ("not valid YAML", nil)
    }
  }

  private static func convert(
    _ node: Node, key: String, fallback: ConfigurationOrigin, origin: (Int) -> ConfigurationOrigin
  ) throws(ConfigurationError) -> ConfigurationTree {
    let here = node.mark.map { origin($0.line) } ?? fallback
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return ConfigurationTree(
        content: .scalar(ConfigurationScalar(text: scalar.string, isPlain: isPlain)), origin: here)
    case .sequence(let sequence):
      var values: [ConfigurationTree] = []
      for value in sequence { values.append(try convert(value, key: key, fallback: here, origin: origin)) }
      return ConfigurationTree(content: .list(values), origin: here)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (keyNode, value) in mapping {
        let keyOrigin = keyNode.mark.map { origin($0.line) } ?? here
        guard let name = keyNode.scalar?.string else {
          throw ConfigurationError(origin: keyOrigin, message: "a key must be a text")
        }
        let child = try convert(value, key: name, fallback: keyOrigin, origin: origin)
        // A missing value has its mark on the following line; the key is the better place.
        let isEmpty = value.scalar?.string.isEmpty == true
        entries.append(
          Entry(
            key: name, keyOrigin: keyOrigin,
            value: isEmpty ? ConfigurationTree(content: child.content, origin: keyOrigin) : child))
      }
      return ConfigurationTree(content: .section(entries), origin: here)
    case .alias:
      throw ConfigurationError(origin: here, message: "not valid YAML: unresolved alias")
    }
  }
}

extension ConfigurationTree {
  /// Applies `--set key.sub=value`; missing sections on the way are made.
  mutating func apply(override text: String) throws(ConfigurationError) {
    let flag = "--set \(text)"
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw ConfigurationError(origin: .flag(flag), message: "expected key=value, as in training.epochs=10")
    }
    let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !path.contains("") else {
      throw ConfigurationError(origin: .flag(flag), message: "the key has an empty part")
    }
    let value = try Self.parse(flagValue: String(text[text.index(after: equals)...]), flag: flag)
    try set(path[...], to: value, flag: flag, walked: [])
  }

  private mutating func set(
    _ path: ArraySlice<String>, to value: ConfigurationTree, flag: String, walked: [String]
  ) throws(ConfigurationError) {
    guard let key = path.first else {
      self = value
      return
    }
    switch content {
    case .section(var entries):
      if let index = entries.firstIndex(where: { $0.key == key }) {
        try entries[index].value.set(path.dropFirst(), to: value, flag: flag, walked: walked + [key])
      } else {
        var child = ConfigurationTree(content: .section([]), origin: .flag(flag))
        try child.set(path.dropFirst(), to: value, flag: flag, walked: walked + [key])
        entries.append(Entry(key: key, keyOrigin: .flag(flag), value: child))
      }
      content = .section(entries)
    case .list(var values):
      guard let index = Int(key), values.indices.contains(index) else {
        throw ConfigurationError(
          origin: .flag(flag),
          message: "\(walked.joined(separator: ".")) is a list of \(values.count); "
            + "\"\(key)\" is not one of its positions 0 to \(values.count - 1)")
      }
      try values[index].set(path.dropFirst(), to: value, flag: flag, walked: walked + [key])
      content = .list(values)
    case .scalar(let scalar) where scalar.kind == .null:
      content = .section([])
      try set(path, to: value, flag: flag, walked: walked)
    case .scalar:
      throw ConfigurationError(
        origin: .flag(flag), message: "\(walked.joined(separator: ".")) is a single value and has no \"\(key)\"")
    }
  }
}
