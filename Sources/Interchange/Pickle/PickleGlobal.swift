/// The name of a Python class or function that a pickle refers to, such as `collections.OrderedDict`.
public struct PickleGlobal: Hashable, Sendable, CustomStringConvertible {
  /// The module, such as `collections`.
  public let module: String
  /// The name inside the module, such as `OrderedDict`.
  public let name: String

  /// Creates a name.
  public init(module: String, name: String) {
    self.module = module
    self.name = name
  }

  /// Reads `module.name`; the last dot separates the two.
  public init(_ text: String) {
    let dot = text.lastIndex(of: ".") ?? text.startIndex
    module = String(text[..<dot])
    name = String(text[dot...].drop { $0 == "." })
  }

  /// The two parts with a dot between them.
  public var description: String { "\(module).\(name)" }
}
