/// What an object of a pickle holds.
public enum PickleObject: Hashable, Sendable {
  /// A key and a value of a dictionary.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public let key: PickleValue
    /// The value.
    public let value: PickleValue
  }

  /// A list.
  case list([PickleValue])
  /// A tuple.
  case tuple([PickleValue])
  /// A dictionary, in its order; also an `OrderedDict`. Keys as they were written: one may occur twice.
  case dictionary([Entry])
  /// A set, in the order in which it was written.
  case set([PickleValue])
  /// A class or function that the rules allow. It stands only for its name.
  case global(PickleGlobal)
  /// A function or class and the arguments with which Python would call it, and the state that it would then set.
  ///
  /// Nothing is called: the reader of a format decides what the call means.
  case call(PickleGlobal, arguments: [PickleValue], state: PickleValue?)
  /// An object outside the pickle, such as a tensor's storage, by the identification that the format chose.
  case persistent(PickleValue)

  /// The kind in words.
  var kind: String {
    switch self {
    case .list: "a list"
    case .tuple: "a tuple"
    case .dictionary: "a dictionary"
    case .set: "a set"
    case .global(let name): "the name \(name)"
    case .call(let name, _, _): "a call of \(name)"
    case .persistent: "an external object"
    }
  }
}
