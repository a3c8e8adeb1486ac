/// A file that cannot be read or written: which file, where in it, what is wrong and what would be right.
///
/// The description is one sentence for a person:
/// `weights.safetensors, byte 8: the header is 12 bytes longer than the file; expected at most 312 bytes`.
public struct InterchangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for callers that react to it.
  public enum Kind: String, Hashable, Sendable {
    /// The file does not exist.
    case missing
    /// The system refused to open or read the file.
    case unreadable
    /// The system refused to create, write or rename the file.
    case unwritable
    /// The file ends too early.
    case truncated
    /// The contents break the rules of the format.
    case malformed
    /// The contents are valid, but of a variety that is not handled.
    case unsupported
    /// A stored checksum does not match the contents.
    case checksum
  }

  /// The sort of failure.
  public let kind: Kind
  /// The file as it was named by the caller.
  public let path: String
  /// The byte at which the problem was found, where that says anything.
  public let offset: Int?
  /// What is wrong.
  public let problem: String
  /// What would be right, or what to do.
  public let expectation: String?

  /// Creates an error about a file.
  public init(_ kind: Kind, path: String, offset: Int? = nil, _ problem: String, expected expectation: String? = nil) {
    self.kind = kind
    self.path = path
    self.offset = offset
    self.problem = problem
    self.expectation = expectation
  }

  /// One sentence: the file, the place, the problem, and what was expected.
  public var description: String {
    var text = path
    if let offset { text += ", byte \(offset)" }
    text += ": \(problem)"
    if let expectation { text += "; expected \(expectation)" }
    return text
  }
}
