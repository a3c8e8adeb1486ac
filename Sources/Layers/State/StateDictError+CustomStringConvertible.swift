extension StateDictError: CustomStringConvertible {
  /// The reasons, separated by semicolons; after eight, only their number.
  public var description: String {
    let shown = problems.prefix(8).map(\.description)
    let rest = problems.count - shown.count
    return (shown + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
  }
}

extension StateDictError.Problem: CustomStringConvertible {
  /// The reason in one clause.
  public var description: String {
    switch self {
    case .missing(let key, let suggestion): "missing key \"\(key)\"" + question(suggestion)
    case .unexpected(let key, let suggestion): "unexpected key \"\(key)\"" + question(suggestion)
    case .shape(let key, let expected, let found): "\"\(key)\" has shape \(found), expected \(expected)"
    case .dtype(let key, let expected, let found): "\"\(key)\" is \(found), expected \(expected)"
    case .invalid(let key, let reason): "\"\(key)\" \(reason)"
    }
  }

  private func question(_ suggestion: String?) -> String { suggestion.map { " (did you mean \"\($0)\"?)" } ?? "" }
}
