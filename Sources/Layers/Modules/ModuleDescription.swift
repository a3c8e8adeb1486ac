/// What a module says about itself when it is printed.
public struct ModuleDescription {
  /// The attributes in order, for example `("kernelSize", "3")`; unnamed ones have an empty name.
  public private(set) var attributes: [(name: String, value: String)] = []

  /// Creates an empty description.
  public init() {}

  /// Adds an attribute with a name.
  public mutating func add(_ name: String, _ value: some Any) { attributes.append((name, "\(value)")) }

  /// Adds an attribute without a name.
  public mutating func add(_ value: some Any) { attributes.append(("", "\(value)")) }

  /// The attributes as in a call: `1, 8, kernelSize: 3`.
  public var text: String {
    attributes.map { $0.name.isEmpty ? $0.value : "\($0.name): \($0.value)" }.joined(separator: ", ")
  }
}
