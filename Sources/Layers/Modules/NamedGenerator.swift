/// A random state with the key under which a module holds it.
public struct NamedGenerator {
  /// The key, for example `dropout.random`.
  public let key: String
  /// The random state.
  public let state: RandomState

  /// Creates a pair of key and random state.
  public init(key: String, state: RandomState) {
    self.key = key
    self.state = state
  }
}
