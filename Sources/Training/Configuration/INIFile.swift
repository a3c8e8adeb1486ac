internal import Foundation

/// A file of sections with keys and values, as Python's `ConfigParser` reads it.
///
/// `key: value` or `key = value` below a `[section]`; lines that begin with `#` or `;` are comments; a line that is
/// indented deeper than its key goes on with the value; keys are of either case. A section or a key that occurs twice is an
/// error. The section `DEFAULT` gives the keys that others lack.
public struct INIFile: Hashable, Sendable {
  /// A key with its value as it was written.
  public struct Entry: Hashable, Sendable {
    /// The key in lower case.
    public let key: String
    /// The value, without white space around it.
    public internal(set) var text: String
    /// Where the key stands.
    public let origin: ConfigurationOrigin
  }

  /// A section with its keys in their order.
  public struct Section: Hashable, Sendable {
    /// The name.
    public let name: String
    /// Where it begins.
    public let origin: ConfigurationOrigin
    /// The keys with their values.
    public internal(set) var entries: [Entry] = []
  }

  /// The file as the caller named it.
  public let path: String
  /// The sections in their order.
  public private(set) var sections: [Section] = []

  /// Reads the text of the file shown as `path`.
  ///
  /// **Throws**: `ConfigurationError` with the file and line.
  public init(_ text: String, path: String) throws(ConfigurationError) {
    self.path = path
    var keyIndent: Int?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let origin = ConfigurationOrigin.line(path, index + 1)
      let content = line.trimmingCharacters(in: .whitespaces)
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      let indent = line.prefix(while: \.isWhitespace).count
      if let keyIndent, indent > keyIndent, let section = sections.indices.last,
        let entry = sections[section].entries.indices.last
      {
        sections[section].entries[entry].text += "\n" + content
        continue
      }
      if content.hasPrefix("["), let end = content.lastIndex(of: "]") {
        try begin(String(content[content.index(after: content.startIndex)..<end]), origin)
        keyIndent = nil
      } else {
        try add(content, origin)
        keyIndent = indent
      }
    }
    inheritDefaults()
  }

  /// Whether a text is such a file rather than YAML: its first line that is no comment is a section's name.
  static func matches(_ text: String) -> Bool {
    let first = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .first { !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix(";") }
    guard let first, first.hasPrefix("["), first.hasSuffix("]") else { return false }
    let name = first.dropFirst().dropLast()
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == " " }
  }

  /// Reads a file if it is of this kind; nil if it is missing, no text, or of another kind.
  public static func read(ifPossible path: String) throws(ConfigurationError) -> INIFile? {
    guard let bytes = FileManager.default.contents(atPath: path), let text = String(validating: bytes, as: UTF8.self),
      matches(text)
    else { return nil }
    return try INIFile(text, path: path)
  }

  /// The section of a name.
  public subscript(name: String) -> Section? { sections.first { $0.name == name } }

  private mutating func begin(_ name: String, _ origin: ConfigurationOrigin) throws(ConfigurationError) {
    guard self[name] == nil else {
      throw ConfigurationError(origin: origin, message: "the section [\(name)] is given twice")
    }
    sections.append(Section(name: name, origin: origin))
  }

  private mutating func add(_ content: String, _ origin: ConfigurationOrigin) throws(ConfigurationError) {
    guard let section = sections.indices.last else {
      throw ConfigurationError(origin: origin, message: "\"\(content)\" stands before the first [section]")
    }
    guard let delimiter = content.firstIndex(where: { $0 == ":" || $0 == "=" }), delimiter != content.startIndex else {
      throw ConfigurationError(
        origin: origin, message: "[\(sections[section].name)]: \"\(content)\" is no key with a value, as in \"key: 1\"")
    }
    let key = content[..<delimiter].trimmingCharacters(in: .whitespaces).lowercased()
    guard !sections[section].entries.contains(where: { $0.key == key }) else {
      throw ConfigurationError(origin: origin, message: "[\(sections[section].name)] \(key) is given twice")
    }
    let text = content[content.index(after: delimiter)...].trimmingCharacters(in: .whitespaces)
    sections[section].entries.append(Entry(key: key, text: text, origin: origin))
  }

  private mutating func inheritDefaults() {
    guard let defaults = self["DEFAULT"] else { return }
    sections.removeAll { $0.name == "DEFAULT" }
    for index in sections.indices {
      let own = sections[index].entries.map(\.key)
      sections[index].entries += defaults.entries.filter { !own.contains($0.key) }
    }
  }
}

extension INIFile.Section {
  /// The value of a key as a Python literal; nil if there is no such key.
  ///
  /// **Throws**: `ConfigurationError` with file, line, section and key for what is no literal.
  public func literal(_ key: String) throws(ConfigurationError) -> PythonLiteral? {
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    do throws(PythonLiteral.Failure) {
      return try PythonLiteral(parsing: entry.text)
    } catch {
      throw ConfigurationError(origin: entry.origin, message: "[\(name)] \(key): \(error.problem)")
    }
  }

  /// An error about a key, at its line; about the section if it has no such key.
  public func invalid(_ key: String, _ problem: String) -> ConfigurationError {
    let entry = entries.first { $0.key == key }
    return ConfigurationError(origin: entry?.origin ?? origin, message: "[\(name)] \(key) \(problem)")
  }

  /// The error for a key that is absent; a misspelled one nearby is the likelier cause.
  public func missing(_ key: String) -> ConfigurationError {
    let near = entries.first { Spelling.nearest(to: $0.key, among: [key]) == key }
    if let near {
      return ConfigurationError(
        origin: near.origin, message: "[\(name)] has no \(key); did you mean it by \"\(near.key)\"?")
    }
    return ConfigurationError(origin: origin, message: "[\(name)] has no \(key)")
  }
}
