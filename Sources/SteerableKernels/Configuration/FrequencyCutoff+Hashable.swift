extension FrequencyCutoff: Hashable {
  /// Equal rules; custom functions are compared by their `id`.
  public static func == (lhs: FrequencyCutoff, rhs: FrequencyCutoff) -> Bool {
    switch (lhs, rhs) {
    case (.default, .default), (.rule2, .rule2), (.rule3, .rule3), (.halfInteger, .halfInteger), (.dilated, .dilated):
      true
    case (.linear(let first), .linear(let second)): first == second
    case (.custom(let first, _), .custom(let second, _)): first == second
    default: false
    }
  }

  /// Feeds the rule, or the id of a function.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(description)
  }
}
