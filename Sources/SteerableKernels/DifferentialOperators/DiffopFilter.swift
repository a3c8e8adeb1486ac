/// A named choice of differential operators, applied before they are discretized.
///
/// **escnn**: `basis_filter` of `R2Diffop`; the name stands for the predicate in the cache of bases.
public struct DiffopFilter: Sendable {
  /// Identifies the predicate: two filters with one name must choose alike.
  public let id: String
  /// Whether an element stays in the basis.
  public let isIncluded: @Sendable (DiffopBasisElement) -> Bool

  /// A filter that keeps the elements for which `isIncluded` holds.
  public init(id: String, _ isIncluded: @escaping @Sendable (DiffopBasisElement) -> Bool) {
    self.id = id
    self.isIncluded = isIncluded
  }

  /// Keeps the operators of the given orders.
  public static func orders(_ orders: ClosedRange<Int>) -> DiffopFilter {
    DiffopFilter(id: "order in \(orders)") { orders.contains($0.order) }
  }

  /// Keeps the operators whose angular frequency is at most `frequency`.
  public static func frequency(atMost frequency: Int) -> DiffopFilter {
    DiffopFilter(id: "frequency<=\(frequency)") { abs($0.frequency) <= frequency }
  }
}
