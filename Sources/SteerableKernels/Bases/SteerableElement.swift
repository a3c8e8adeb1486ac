public import Symmetry

/// An element of a basis of steerable kernels or differential operators: it connects one irrep to another.
public protocol SteerableElement: Hashable, Sendable {
  /// The irrep whose fields the element reads.
  var inIrrep: Irrep { get }
  /// The irrep whose fields the element writes.
  var outIrrep: Irrep { get }
  /// The position of `inIrrep` in the input representation.
  var inIrrepIndex: Int { get }
  /// The position of `outIrrep` in the output representation.
  var outIrrepIndex: Int { get }
  /// Whether the element reads the value of the field at the point itself: a ring of radius 0, an operator of order 0.
  var isCentral: Bool { get }
}
