/// One section of a configuration file, read key by key.
///
/// A part of the program decodes its own section by asking for each key it knows, with its type, default and bounds,
/// and then calls `finish()`, which rejects the keys that nobody asked for:
/// ```swift
/// let training = try root.section("training")
/// let epochs = try training.int("epochs", default: 10, in: .atLeast(1))
/// let kind = try training.string("kind", default: "adam", oneOf: ["sgd", "adam"])
/// try training.finish()
/// ```
/// All errors name the file and the line, or the flag, and suggest the nearest known key.
///
/// **State**: A node remembers what it was asked for and what it answered: `resolved` is the section with defaults.
public final class ConfigurationNode {
  /// The dotted path of the section from the top, empty for the whole file.
  public let path: String
  /// Where the section begins.
  public let origin: ConfigurationOrigin

  let entries: [ConfigurationTree.Entry]
  private var answers: [(key: String, answer: Answer)] = []

  private enum Answer {
    case value(ConfigurationValue)
    case section(ConfigurationNode)
    case sections([ConfigurationNode])
  }

  init(path: String, entries: [ConfigurationTree.Entry], origin: ConfigurationOrigin) {
    self.path = path
    self.entries = entries
    self.origin = origin
  }

  /// Reads YAML text; `source` is the file name that errors show.
  ///
  /// **Throws**: `ConfigurationError` for text that is not YAML, and for overrides that do not fit.
  public static func parse(
    yaml: String, source: String, overrides: [String] = []
  ) throws(ConfigurationError) -> ConfigurationNode {
    var tree = try ConfigurationTree.parse(yaml: yaml, source: source)
    for override in overrides { try tree.apply(override: override) }
    guard case .section(let entries) = tree.content else {
      throw ConfigurationError(origin: tree.origin, message: "the file must hold keys and values")
    }
    return ConfigurationNode(path: "", entries: entries, origin: tree.origin)
  }

  /// The keys that the section holds, in order.
  public var keys: [String] { entries.map(\.key) }

  /// Whether the section holds `key` with a value; does not count as reading it.
  public func has(_ key: String) -> Bool {
    guard let tree = entries.first(where: { $0.key == key })?.value else { return false }
    if case .scalar(let scalar) = tree.content { return scalar.kind != .null }
    return true
  }

  /// The section as it was read so far, with defaults filled in.
  public var resolved: ConfigurationValue {
    .section(
      answers.map { key, answer in
        switch answer {
        case .value(let value): .init(key: key, value: value)
        case .section(let node): .init(key: key, value: node.resolved)
        case .sections(let nodes): .init(key: key, value: .list(nodes.map(\.resolved)))
        }
      })
  }

  /// The section below `key`; an empty one, which answers with defaults, if it is absent.
  public func section(_ key: String) throws(ConfigurationError) -> ConfigurationNode {
    let node = try child(key) ?? ConfigurationNode(path: join(key), entries: [], origin: origin)
    record(key, .section(node))
    return node
  }

  /// The section below `key`, or nil if it is absent or null.
  public func optionalSection(_ key: String) throws(ConfigurationError) -> ConfigurationNode? {
    guard let node = try child(key) else {
      record(key, .value(.null))
      return nil
    }
    record(key, .section(node))
    return node
  }

  /// The sections in the list below `key`; none if it is absent.
  public func sections(_ key: String) throws(ConfigurationError) -> [ConfigurationNode] {
    guard let tree = tree(key) else {
      record(key, .sections([]))
      return []
    }
    guard case .list(let values) = tree.content else {
      throw error(tree.origin, "\(join(key)) must be a list of sections")
    }
    var nodes: [ConfigurationNode] = []
    for (index, value) in values.enumerated() {
      guard case .section(let entries) = value.content else {
        throw error(value.origin, "\(join(key)).\(index) must be a section, as in \"- kind: …\"")
      }
      nodes.append(ConfigurationNode(path: "\(join(key)).\(index)", entries: entries, origin: value.origin))
    }
    record(key, .sections(nodes))
    return nodes
  }

  /// Rejects the keys that were not read, here and in the sections below.
  public func finish() throws(ConfigurationError) {
    let known = answers.map(\.key)
    for entry in entries where !known.contains(entry.key) {
      throw unknown(entry, known: known)
    }
    for (_, answer) in answers {
      switch answer {
      case .value: break
      case .section(let node): try node.finish()
      case .sections(let nodes): for node in nodes { try node.finish() }
      }
    }
  }

  /// An error about `key` of this section, at its line; for checks that the typed readers cannot express.
  public func invalid(_ key: String, _ message: String) -> ConfigurationError {
    let entry = entries.first { $0.key == key }
    return error(entry?.value.origin ?? origin, "\(join(key)) \(message)")
  }

  /// An error about settings that do not go together, named by their dotted paths from this section.
  ///
  /// The first one that a flag gave is blamed, because a file that was right before is probably still meant; else the first
  /// that is written at all.
  public func invalid(anyOf paths: [String], _ message: String) -> ConfigurationError {
    let given = paths.compactMap { path in value(at: path).map { (path: path, origin: $0.origin) } }
    let flagged = given.first { if case .flag = $0.origin { true } else { false } }
    let path = flagged?.path ?? given.first?.path ?? paths.first ?? ""
    return error(flagged?.origin ?? given.first?.origin ?? origin, "\(join(path)) \(message)")
  }

  private func value(at path: String) -> ConfigurationTree? {
    var entries = entries
    var found: ConfigurationTree?
    for key in path.split(separator: ".") {
      guard let next = entries.first(where: { $0.key == key }) else { return nil }
      found = next.value
      if case .section(let below) = next.value.content { entries = below } else { entries = [] }
    }
    return found
  }

  // MARK: - For the typed readers

  func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func error(_ origin: ConfigurationOrigin, _ message: String) -> ConfigurationError {
    ConfigurationError(origin: origin, message: message)
  }

  func record(_ key: String, value: ConfigurationValue) { record(key, .value(value)) }

  /// The tree below `key`, or nil if it is absent or null.
  func tree(_ key: String) -> ConfigurationTree? {
    guard has(key) else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The error for a required key that is absent; a misspelled key nearby is the likelier cause.
  func missing(_ key: String) -> ConfigurationError {
    let known = answers.map(\.key) + [key]
    let misspelled = entries.first { entry in
      !known.contains(entry.key) && Spelling.nearest(to: entry.key, among: known) == key
    }
    if let misspelled { return unknown(misspelled, known: known) }
    if let entry = entries.first(where: { $0.key == key }) {
      return error(entry.keyOrigin, "\(join(key)) needs a value")
    }
    return error(origin, "missing key \"\(key)\"" + (path.isEmpty ? "" : " in \(path)"))
  }

  private func unknown(_ entry: ConfigurationTree.Entry, known: [String]) -> ConfigurationError {
    var message = "unknown key \"\(entry.key)\"" + (path.isEmpty ? "" : " in \(path)")
    if let nearest = Spelling.nearest(to: entry.key, among: known) {
      message += "; did you mean \"\(nearest)\"?"
    } else if !known.isEmpty {
      message += "; known keys are \(known.sorted().joined(separator: ", "))"
    }
    return error(entry.keyOrigin, message)
  }

  private func child(_ key: String) throws(ConfigurationError) -> ConfigurationNode? {
    guard let tree = tree(key) else { return nil }
    guard case .section(let entries) = tree.content else {
      throw error(tree.origin, "\(join(key)) must be a section with keys of its own, found \(tree.summary)")
    }
    return ConfigurationNode(path: join(key), entries: entries, origin: keyOrigin(key) ?? tree.origin)
  }

  private func keyOrigin(_ key: String) -> ConfigurationOrigin? {
    entries.first { $0.key == key }?.keyOrigin
  }

  private func record(_ key: String, _ answer: Answer) {
    if let index = answers.firstIndex(where: { $0.key == key }) {
      answers[index].answer = answer
    } else {
      answers.append((key, answer))
    }
  }
}

extension ConfigurationTree {
  /// What stands here, for messages.
  var summary: String {
    switch content {
    case .scalar(let scalar): scalar.quoted
    case .list: "a list"
    case .section: "a section"
    }
  }
}
