public import Tensors

/// All the reasons why state could not be loaded; nothing was changed.
public struct StateDictError: Error, Hashable {
  /// One reason.
  public enum Problem: Hashable, Sendable {
    /// The state lacks a key; the suggestion is a similar key that it holds and that nothing else needs.
    case missing(key: String, suggestion: String?)
    /// The state holds a key that is not known; the suggestion is a similar key that is known and lacking.
    case unexpected(key: String, suggestion: String?)
    /// The tensor under a key has another shape.
    case shape(key: String, expected: Shape, found: Shape)
    /// The tensor under a key has another type.
    case dtype(key: String, expected: DType, found: DType)
    /// A value under a key is not acceptable.
    case invalid(key: String, reason: String)
  }

  /// The reasons, in the order of the keys.
  public let problems: [Problem]

  /// Creates an error.
  public init(_ problems: [Problem]) { self.problems = problems }
}
