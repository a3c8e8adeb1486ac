/// State of another library that does not fit a module; nothing was changed.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What does not fit, and what would.
  public let problem: String

  /// Creates an error about the file at `path`.
  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  /// The path and the problem in one line.
  public var description: String { "\(path): \(problem)" }
}
