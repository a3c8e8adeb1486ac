extension FieldType: Hashable {
  /// Whether space and list of representations agree; names do not count.
  public static func == (lhs: FieldType, rhs: FieldType) -> Bool {
    if lhs.storage === rhs.storage { return true }
    guard lhs.size == rhs.size, lhs.count == rhs.count, lhs.space == rhs.space else { return false }
    if lhs.storage.distinctIndex == rhs.storage.distinctIndex, lhs.storage.distinct == rhs.storage.distinct {
      return true
    }
    return lhs.representations == rhs.representations
  }

  /// Hashes the space, the size, and the first representation.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(space)
    hasher.combine(size)
    hasher.combine(representations.first)
  }
}
