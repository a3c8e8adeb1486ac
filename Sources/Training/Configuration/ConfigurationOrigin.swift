/// Where a setting was written: a line of a file, or a flag of the command.
public enum ConfigurationOrigin: Hashable, Sendable {
  /// A whole file, when no line is to blame.
  case file(String)
  /// A line of a file; the first line is 1.
  case line(String, Int)
  /// A flag as the user typed it, such as `--set training.epochs=3`.
  case flag(String)
}

extension ConfigurationOrigin: CustomStringConvertible {
  /// `path`, `path:line` or the flag itself.
  public var description: String {
    switch self {
    case .file(let path): path
    case .line(let path, let line): "\(path):\(line)"
    case .flag(let text): text
    }
  }
}
