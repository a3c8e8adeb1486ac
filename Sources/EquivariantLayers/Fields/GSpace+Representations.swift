public import Symmetry

extension GSpace {
  /// The representation of scalars.
  public var trivial: Representation { group.trivialRepresentation }

  /// The regular representation, which permutes one channel per group element.
  ///
  /// **Traps**: if the group is continuous.
  public var regular: Representation {
    require(!group.isContinuous, "GSpace", "\(group.name) is continuous and has no regular representation")
    return group.regularRepresentation
  }

  /// The irreducible representation with an identifier: `irrep(k)` for rotations, `irrep(j, k)` with reflections.
  public func irrep(_ id: Int...) -> Representation {
    do {
      return try group.irrep(id: id)
    } catch {
      fail("GSpace", "\(error)")
    }
  }

  /// The representation that permutes the cosets of a subgroup.
  public func quotient(_ id: SubgroupID) throws(SymmetryError) -> Representation {
    try group.quotientRepresentation(id)
  }

  /// The representation induced from one of a subgroup.
  public func induced(_ id: SubgroupID, _ representation: Representation) throws(SymmetryError) -> Representation {
    try group.inducedRepresentation(id, representation)
  }
}
