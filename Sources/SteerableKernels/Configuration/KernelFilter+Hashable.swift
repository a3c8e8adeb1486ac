extension KernelFilter: Hashable {
  /// Equal names.
  public static func == (lhs: KernelFilter, rhs: KernelFilter) -> Bool {
    lhs.id == rhs.id
  }

  /// Feeds the id, which stands for the function.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}
