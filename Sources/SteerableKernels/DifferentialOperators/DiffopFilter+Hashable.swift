extension DiffopFilter: Hashable {
  /// Equal names.
  public static func == (lhs: DiffopFilter, rhs: DiffopFilter) -> Bool { lhs.id == rhs.id }

  /// Feeds the id, which stands for the function.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
