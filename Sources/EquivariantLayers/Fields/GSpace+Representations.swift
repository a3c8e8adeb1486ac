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

  /// All irreducible representations of a finite group; of a continuous one those up to a frequency.
  ///
  /// **escnn**: `irreps`.
  public func irreps(maximumFrequency: Int? = nil) -> [Representation] {
    group.irreps(maximumFrequency: maximumFrequency ?? (group.isContinuous ? 3 : nil)).map { Representation($0) }
  }

  /// The type of the fields with the given representations.
  ///
  /// **escnn**: `gspace.type`.
  public func type(_ representations: Representation...) -> FieldType { FieldType(self, representations) }

  /// The number of rotations in the group, nil for a continuous group.
  ///
  /// **escnn**: `rotations_order`.
  public var rotationOrder: Int? { group.rotationOrder }

  /// Elements to test with: all of a finite group, many of a continuous one.
  ///
  /// **escnn**: `testing_elements`.
  public var testingElements: [GroupElement] { group.testingElements }

  /// The representation on functions on the group of frequencies up to a limit, in the basis of the irreps.
  public func bandLimited(_ maximumFrequency: Int) -> Representation {
    require(maximumFrequency >= 0, "GSpace", "a band limit of \(maximumFrequency) is negative")
    return group.bandLimitedRepresentation(maximumFrequency)
  }

  /// The representation on functions on the cosets of a subgroup of frequencies up to a limit, in the basis of the
  /// irreps.
  public func bandLimitedQuotient(
    _ id: SubgroupID, _ maximumFrequency: Int
  ) throws(SymmetryError) -> Representation {
    require(maximumFrequency >= 0, "GSpace", "a band limit of \(maximumFrequency) is negative")
    return try group.bandLimitedQuotientRepresentation(id, maximumFrequency)
  }
}
