extension Group {
  /// The representation on functions of the cosets of a subgroup; the trivial representation of the subgroup, induced.
  ///
  /// Basis vectors are ordered as `Subgroup.cosetRepresentatives`. The change of basis is that of the reference.
  ///
  /// **Throws**: when there is no such subgroup, or it has infinitely many cosets.
  ///
  /// **escnn**: `quotient_representation`.
  public func quotientRepresentation(_ id: SubgroupID) throws(SymmetryError) -> Representation {
    let subgroup = try self.subgroup(id)
    return try inducedRepresentation(
      subgroup, subgroup.group.trivialRepresentation, name: "quotient(\(text(of: subgroup.id, inParentheses: false)))")
  }

  /// The representation that a representation of a subgroup induces.
  ///
  /// It consists of one copy of `representation` per coset; the block that takes coset i to coset j is
  /// `representation`(h), where g · rᵢ = rⱼ · h. The change of basis is that of the reference.
  ///
  /// **Throws**: when there is no such subgroup, it has infinitely many cosets, or the representation belongs to another
  /// group. SO(2) in O(2) is the only continuous case.
  ///
  /// **escnn**: `induced_representation`, which takes irreps only.
  public func inducedRepresentation(
    _ id: SubgroupID, _ representation: Representation
  ) throws(SymmetryError) -> Representation {
    let subgroup = try self.subgroup(id)
    return try inducedRepresentation(
      subgroup, representation,
      name: "induced(\(text(of: subgroup.id, inParentheses: true)),\(representation.name))")
  }

  private func inducedRepresentation(
    _ subgroup: Subgroup, _ representation: Representation, name: String
  ) throws(SymmetryError) -> Representation {
    guard representation.group == subgroup.group else {
      throw .wrongGroup(expected: subgroup.group, found: representation.group)
    }
    guard let cosets = subgroup.cosetRepresentatives else {
      throw .unsupportedInduction(
        group: self, subgroup: subgroup.id, reason: "it has infinitely many cosets")
    }
    let key = InductionKey(subgroup: subgroup, representation: representation, name: name)
    return try Group.inductions.value(for: key) { () throws(SymmetryError) -> Representation in
      var irreps: [Irrep] = []
      var basis = Matrix.zeros(cosets.count * representation.size, cosets.count * representation.size)
      var column = 0
      var row = 0
      for irrep in representation.irreps {
        let induced = try inducedBlocks(subgroup, irrep, cosets)
        for (block, parent) in induced {
          irreps.append(parent)
          for coset in 0..<cosets.count {
            basis.setBlock(
              coset * representation.size + row, column,
              block.submatrix(rows: coset * irrep.size..<(coset + 1) * irrep.size, columns: 0..<parent.size))
          }
          column += parent.size
        }
        row += irrep.size
      }
      var inverse: Matrix?
      if !representation.hasIdentityBasis {
        basis = Matrix.blockDiagonal(cosets.map { _ in representation.changeOfBasis }) * basis
      } else {
        inverse = basis.transposed
      }
      return Representation(
        RepresentationStorage(
          irreps: irreps, changeOfBasis: basis, inverse: inverse, name: name,
          capabilities: Group.inducedCapabilities(representation),
          permutations: inducedPermutations(subgroup, representation, cosets)))
    }
  }

  /// The columns of the change of basis for one induced irrep: per copy of an irrep of this group, a matrix with
  /// `cosets.count * irrep.size` rows.
  private func inducedBlocks(
    _ subgroup: Subgroup, _ irrep: Irrep, _ cosets: [GroupElement]
  ) throws(SymmetryError) -> [(block: Matrix, irrep: Irrep)] {
    var result: [(Matrix, Irrep)] = []
    for parent in irreps(maximumFrequency: isContinuous ? irrep.frequency : nil) {
      let (children, turn) = try parent.restricted(to: subgroup)
      let half = 2.0.squareRoot() / 2
      var seeds: [Matrix] = []
      var start = 0
      for child in children {
        if child == irrep {
          seeds.append(turn.submatrix(rows: 0..<parent.size, columns: start..<start + child.size))
        }
        start += child.size
      }
      if seeds.isEmpty { continue }
      if parent.kind == .complex && irrep.kind == .real {
        seeds = [half * (seeds[0] + seeds[1])]
      } else if parent.kind == .real && irrep.kind == .complex {
        let quarterTurn = irrep.endomorphismBasis[1]
        seeds = seeds.flatMap { seed in
          isContinuous
            ? [half * (seed + seed * quarterTurn), half * (seed - seed * quarterTurn)]
            : [seed, seed * quarterTurn]
        }
      }
      let scale = (Double(parent.size) / Double(irrep.size * cosets.count)).squareRoot()
      for seed in seeds {
        var block = Matrix.zeros(cosets.count * irrep.size, parent.size)
        for (coset, representative) in cosets.enumerated() {
          block.setBlock(coset * irrep.size, 0, scale * (parent.matrix(representative) * seed).transposed)
        }
        result.append((block, parent))
      }
    }
    return result
  }

  private func inducedPermutations(
    _ subgroup: Subgroup, _ representation: Representation, _ cosets: [GroupElement]
  ) -> [[Int]]? {
    guard !isContinuous, let cosetOf = cosetTable(subgroup, cosets) else { return nil }
    guard representation.storage.permutations != nil || representation.isTrivial else { return nil }
    return elements.map { element in
      var images = [Int](repeating: 0, count: cosets.count * representation.size)
      for (coset, representative) in cosets.enumerated() {
        let (target, member) = cosetOf[index(of: product(element, representative))]
        let inner = representation.permutation(of: member) ?? Array(0..<representation.size)
        for i in 0..<representation.size {
          images[coset * representation.size + i] = target * representation.size + inner[i]
        }
      }
      return images
    }
  }

  /// For each element g the coset r · H it lies in, as the position of r, and the member h with g = r · h.
  private func cosetTable(
    _ subgroup: Subgroup, _ cosets: [GroupElement]
  ) -> [(coset: Int, member: GroupElement)]? {
    guard let order else { return nil }
    var table = [(coset: Int, member: GroupElement)](repeating: (0, subgroup.group.identity), count: order)
    for (coset, representative) in cosets.enumerated() {
      for member in subgroup.group.elements {
        table[index(of: product(representative, subgroup.include(member)))] = (coset, member)
      }
    }
    return table
  }

  private static func inducedCapabilities(_ representation: Representation) -> Set<Capability> {
    let capabilities = representation.capabilities
    var result = capabilities.intersection([.pointwise, .concatenated])
    if capabilities.contains(.norm) {
      result.insert(.norm)
      let inherited = capabilities.filter { if case .inducedNorm = $0 { true } else { false } }
      result.formUnion(inherited.isEmpty ? [.inducedNorm(representation.size)] : inherited)
    }
    if capabilities.contains(.gated) {
      result.insert(.gated)
      let inherited = capabilities.filter { if case .inducedGated = $0 { true } else { false } }
      result.formUnion(inherited.isEmpty ? [.inducedGated(representation.size)] : inherited)
    }
    if capabilities.contains(.gate) || capabilities.contains(.inducedGate) { result.insert(.inducedGate) }
    return result
  }

  private struct InductionKey: Hashable, Sendable {
    let subgroup: Subgroup
    let representation: Representation
    let name: String
  }

  private static let inductions = Cache<InductionKey, Representation>()
}
