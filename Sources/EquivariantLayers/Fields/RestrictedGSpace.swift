public import Symmetry

/// The space of a subgroup together with the subgroup's place in its parent.
public struct RestrictedGSpace: Sendable {
  /// The space of the subgroup.
  public let space: GSpace

  /// The subgroup with its inclusion into the parent and the partial inverse.
  public let subgroup: Subgroup
}
