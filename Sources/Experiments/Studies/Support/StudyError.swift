/// A study that cannot be begun as asked for; nothing was changed.
public enum StudyError: Error, Hashable, Sendable {
  /// The folder cannot hold the study.
  case folder(path: String, problem: String)
  /// An option has a value that the study cannot use.
  case option(name: String, problem: String)
}

extension StudyError: CustomStringConvertible {
  /// What is wrong and what would be right.
  public var description: String {
    switch self {
    case .folder(let path, let problem): "\(path): \(problem)"
    case .option(let name, let problem): "--\(name) \(problem)"
    }
  }
}
