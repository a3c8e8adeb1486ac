extension Group {
  /// The representation on the functions that are sums of matrix entries of irreps, in the basis of the irreps.
  ///
  /// Each irrep occurs d/s times, where d is its size and s is 2 for the complex type. With all irreps of a finite
  /// group it is the regular representation in another basis.
  ///
  /// **Throws**: when there are no irreps, one occurs twice, or one belongs to another group.
  ///
  /// **escnn**: `spectral_regular_representation`.
  public func spectralRepresentation(_ irreps: [Irrep]) throws(SymmetryError) -> Representation {
    try BandLimitedFunctions(self, irreps: irreps).representation
  }

  /// The same on the cosets of a subgroup; irreps in which the subgroup keeps no vector are left out.
  ///
  /// **Throws**: as `spectralRepresentation(_:)`, when there is no such subgroup, or when nothing remains.
  ///
  /// **escnn**: `spectral_quotient_representation`.
  public func spectralQuotientRepresentation(
    _ id: SubgroupID, _ irreps: [Irrep]
  ) throws(SymmetryError) -> Representation {
    try BandLimitedFunctions(self, subgroup: id, irreps: irreps).representation
  }

  /// The representation on functions of frequencies up to a limit, the regular one of a continuous group cut off.
  ///
  /// It is called `bandLimited(L)`. SO(2): irreps 0, 1, …, L. O(2): (0,0), (1,0), and twice each (1,k).
  ///
  /// **Traps**: when the frequency is negative.
  ///
  /// **escnn**: `bl_regular_representation`.
  public func bandLimitedRepresentation(_ maximumFrequency: Int) -> Representation {
    precondition(maximumFrequency >= 0, "Group: a band limit of \(maximumFrequency) is negative")
    do {
      return try spectralRepresentation(irreps(maximumFrequency: maximumFrequency))
        .renamed("bandLimited(\(maximumFrequency))")
    } catch {
      fatalError("\(error)")
    }
  }

  /// The representation on functions of the cosets of a subgroup, of frequencies up to a limit.
  ///
  /// It is called `bandLimitedQuotient(L,id)`.
  ///
  /// **Throws**: when there is no such subgroup.
  ///
  /// **Traps**: when the frequency is negative.
  ///
  /// **escnn**: `bl_quotient_representation`.
  public func bandLimitedQuotientRepresentation(
    _ id: SubgroupID, _ maximumFrequency: Int
  ) throws(SymmetryError) -> Representation {
    precondition(maximumFrequency >= 0, "Group: a band limit of \(maximumFrequency) is negative")
    let text = text(of: try subgroup(id).id, inParentheses: true)
    return try spectralQuotientRepresentation(id, irreps(maximumFrequency: maximumFrequency))
      .renamed("bandLimitedQuotient(\(maximumFrequency),\(text))")
  }

  /// Equally spaced elements: `rotations` rotations and, in a group with reflections, as many reflections.
  ///
  /// **Traps**: unless the number is positive and, in a finite group, divides the number of rotations.
  ///
  /// **escnn**: `grid(type='regular', N)`.
  public func grid(rotations count: Int) -> [GroupElement] {
    precondition(count >= 1, "Group: a grid of \(count) rotations")
    if let rotations = rotationOrder {
      precondition(
        rotations % count == 0, "Group: a grid of \(count) rotations does not fit the \(rotations) of \(self)")
    }
    return (hasReflections ? [false, true] : [false]).flatMap { isReflected in
      (0..<count).map { step in
        rotationOrder.map { element(rotation: step * ($0 / count), reflected: isReflected) }
          ?? element(angle: 2 * Double.pi * Double(step) / Double(count), reflected: isReflected)
      }
    }
  }
}
