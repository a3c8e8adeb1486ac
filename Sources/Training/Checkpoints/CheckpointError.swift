/// A checkpoint that cannot be read, or that belongs to something else.
public struct CheckpointError: Error, Hashable, Sendable {
  /// The file.
  public let path: String
  /// What is wrong, in one sentence without a full stop.
  public let problem: String

  /// Creates an error about the checkpoint at `path`.
  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }
}

extension CheckpointError: CustomStringConvertible {
  /// The path and the problem in one line.
  public var description: String { "\(path): \(problem)" }
}
