/// A named choice of basis elements, applied before sampling.
///
/// **escnn**: `basis_filter`; the name stands for the predicate in the cache of sampled bases.
public struct KernelFilter: Sendable {
  /// Identifies the predicate: two filters with one name must choose alike.
  public let id: String
  /// Whether an element stays in the basis.
  public let isIncluded: @Sendable (KernelBasisElement) -> Bool

  /// A filter that keeps the elements for which `isIncluded` holds.
  public init(id: String, _ isIncluded: @escaping @Sendable (KernelBasisElement) -> Bool) {
    self.id = id
    self.isIncluded = isIncluded
  }

  /// Keeps the elements whose frequency is at most `frequency`.
  public static func frequency(atMost frequency: Int) -> KernelFilter {
    KernelFilter(id: "frequency<=\(frequency)") { abs($0.frequency) <= frequency }
  }

  /// Keeps the elements on rings whose radius lies in `radii`.
  public static func radius(in radii: ClosedRange<Double>) -> KernelFilter {
    KernelFilter(id: "radius in \(radii)") { radii.contains($0.radius) }
  }
}
