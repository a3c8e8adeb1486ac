extension FieldType: Hashable {
  /// Whether space and list of representations agree.
  public static func == (lhs: FieldType, rhs: FieldType) -> Bool {
    if lhs.storage === rhs.storage { return true }
    return lhs.storage.size == rhs.storage.size && lhs.storage.distinctIndex == rhs.storage.distinctIndex
      && lhs.space == rhs.space && lhs.storage.distinct == rhs.storage.distinct
  }

  /// Hashes the space and the list of representations.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(space)
    hasher.combine(storage.distinct)
    hasher.combine(storage.distinctIndex)
  }
}
