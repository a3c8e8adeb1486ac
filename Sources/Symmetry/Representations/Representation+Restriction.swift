extension Representation {
  /// The representation of a subgroup that this one is when only the subgroup acts.
  ///
  /// The matrices do not change; the irreps and the change of basis are those of the subgroup. Capabilities are kept.
  /// The restriction of an irrep that stays irreducible in its own basis is that irrep of the subgroup.
  ///
  /// **Throws**: `SymmetryError.unknownSubgroup` when the group has no such subgroup.
  ///
  /// **escnn**: `restrict`.
  public func restricted(to id: SubgroupID) throws(SymmetryError) -> Representation {
    let subgroup = try group.subgroup(id)
    if subgroup.isWholeParent { return self }
    var irreps: [Irrep] = []
    var blocks: [Matrix] = []
    for irrep in self.irreps {
      let restricted = try irrep.restricted(to: subgroup)
      irreps += restricted.irreps
      blocks.append(restricted.changeOfBasis)
    }
    let basis = changeOfBasis.multipliedByBlocks(blocks)
    if irreps.count == 1, basis.maxAbsDifference(to: .identity(size)) <= 1e-12 { return Representation(irreps[0]) }
    var capabilities = self.capabilities.subtracting([.vectorField])
    if irreps.allSatisfy(\.isTrivial) { capabilities.insert(.pointwise) }
    return Representation(
      RepresentationStorage(
        irreps: irreps, changeOfBasis: basis, inverse: .blockDiagonal(blocks).transposed * changeOfBasisInverse,
        name: "restricted(\(group),\(group.text(of: subgroup.id, inParentheses: true)),\(name))",
        capabilities: capabilities,
        permutations: storage.permutations.flatMap { permutations in
          subgroup.group.isContinuous
            ? nil : subgroup.group.elements.map { permutations[group.index(of: subgroup.include($0))] }
        }))
  }
}
