public import Interchange

/// Data that are missing or wrong.
public enum DatasetError: Error, Sendable, CustomStringConvertible {
  /// A file is not there: its name, the folder that was searched, and where it can be had.
  case missingFile(name: String, folder: String, source: String)
  /// No folder was named: what would name one.
  case noFolder(dataset: String, source: String)
  /// A file's contents are wrong: the file, the place in it, the problem, and what was expected.
  case malformed(path: String, location: String, problem: String, expected: String)
  /// A data set or request makes no sense.
  case invalid(String)
  /// A file cannot be read or written.
  case file(InterchangeError)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .missingFile(let name, let folder, let source):
      "there is no \(name) in \(folder); \(source)"
    case .noFolder(let dataset, let source):
      "\(dataset): no data folder is given; name one with --data DIR or in the environment variable "
        + "\(DataFolder.environmentVariable); \(source)"
    case .malformed(let path, let location, let problem, let expected):
      "\(path), \(location): \(problem); expected \(expected)"
    case .invalid(let problem): problem
    case .file(let error): error.description
    }
  }
}

extension DatasetError {
  /// Runs `body`, which reads files, and tells its failure as one of the data set.
  static func reading<Result>(_ body: () throws(InterchangeError) -> Result) throws(DatasetError) -> Result {
    do throws(InterchangeError) { return try body() } catch { throw .file(error) }
  }
}
