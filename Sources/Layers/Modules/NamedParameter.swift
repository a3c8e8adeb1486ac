/// A parameter with the key under which a module holds it.
public struct NamedParameter {
  /// The key, for example `blocks.0.conv1.weight`.
  public let key: String
  /// The parameter.
  public let parameter: Parameter

  /// Creates a pair of key and parameter.
  public init(key: String, parameter: Parameter) {
    self.key = key
    self.parameter = parameter
  }
}
