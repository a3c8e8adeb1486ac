extension Irrep {
  /// The irreps of a subgroup in the restriction, and the orthogonal matrix C with ψ|H = C · (⊕ irreps) · Cᵀ.
  ///
  /// The closed forms of the reference: frequencies alias into the subgroup, the reflection turns the basis.
  ///
  /// **Throws**: `SymmetryError.wrongGroup` when the subgroup belongs to another group.
  public func restricted(
    to subgroup: Subgroup
  ) throws(SymmetryError) -> (irreps: [Irrep], changeOfBasis: Matrix) {
    guard subgroup.parent == group else { throw .wrongGroup(expected: subgroup.parent, found: group) }
    let child = subgroup.group
    if child == group && group.rotationOrder == 1 { return ([self], .identity(1)) }
    var flip = flipFrequency
    var folded = frequency
    var isMirrored = false
    if let order = child.rotationOrder {
      folded = frequency % order
      if 2 * folded > order {
        folded = order - folded
        isMirrored = true
      }
    }
    if size == 1 {
      if case .step(let axis) = subgroup.id.axis, frequency > 0 { flip = (flip + axis) % 2 }
      return ([Irrep(child, flipFrequency: child.hasReflections ? flip : 0, frequency: folded)], .identity(1))
    }
    var basis = Matrix.identity(2)
    if child.hasReflections {
      basis = Trigonometry.rotation(subgroup.halfAxisTurn(frequency: frequency))
    }
    if isMirrored { basis = basis * Trigonometry.reflection }
    let whole = Irrep(child, flipFrequency: child.hasReflections ? 1 : 0, frequency: folded)
    if whole.size == 2 { return ([whole], basis) }
    let first = Irrep(child, flipFrequency: 0, frequency: folded)
    return ([first, whole], basis)
  }
}
