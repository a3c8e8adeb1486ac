import Symmetry
import Testing

@Suite struct DisentanglingTests {
  private func check(_ representation: Representation) -> [Representation] {
    let (basis, parts) = representation.disentangled()
    #expect(basis.isOrthogonal() && basis.values.allSatisfy { $0 == 0 || $0 == 1 })
    for element in representation.group.testingElements {
      let separated = basis * representation.matrix(element) * basis.transposed
      #expect(separated.maxAbsDifference(to: .blockDiagonal(parts.map { $0.matrix(element) })) <= 1e-9)
    }
    return parts
  }

  @Test(arguments: TestGroups.small + [.dihedral(8), .cyclic(16)])
  func restrictedRegularRepresentationsSplitIntoRegularOnes(_ group: Group) throws {
    for subgroup in group.subgroups {
      let restricted = try group.regularRepresentation.restricted(to: subgroup.id)
      let parts = check(restricted)
      #expect(parts.count == subgroup.cosetCount)
      for part in parts {
        #expect(
          part == subgroup.group.regularRepresentation || part == subgroup.group.trivialRepresentation)
      }
    }
  }

  @Test(arguments: [Group.dihedral(4), .dihedral(6), .cyclic(12)])
  func restrictedQuotientsSplitIntoOrbits(_ group: Group) throws {
    for inner in group.subgroups {
      let quotient = try group.quotientRepresentation(inner.id)
      for subgroup in group.subgroups {
        let restricted = try quotient.restricted(to: subgroup.id)
        let parts = check(restricted)
        #expect(parts.reduce(0) { $0 + $1.size } == quotient.size)
        // Burnside: the number of orbits is the number of trivial irreps.
        let trivial = Irrep.trivial(subgroup.group)
        #expect(parts.count == restricted.multiplicity(of: trivial))
      }
    }
  }

  @Test func shuffledSumsAreSeparated() throws {
    let group = Group.dihedral(4)
    let sum = Representation.directSum([group.irrep(1, 1), group.irrep(1, 0), group.irrep(1, 1)])
    let shuffled = sum.changingBasis(by: .permutation([3, 0, 4, 1, 2]), name: "shuffled")
    let parts = check(shuffled)
    #expect(Set(parts.map(\.size)) == [1, 2] && parts.count == 3)
    let induced = try group.inducedRepresentation(.rotations(4), Group.cyclic(4).irrep(1))
    // The reflection exchanges the two copies, so only the restriction splits.
    #expect(check(induced) == [induced])
    let restricted = check(try induced.restricted(to: .rotations(4)))
    #expect(restricted.count == 2 && restricted[0] == Group.cyclic(4).irrep(1))
    #expect(restricted[1].irreps == [Group.cyclic(4).irrep(1).irreps[0]])
  }

  @Test func continuousRestrictionsSplit() throws {
    let parts = check(try Group.o2.irrep(1, 3).restricted(to: .reflection(angle: 0)))
    #expect(parts == [Group.flip.irrep(0), Group.flip.irrep(1)])
    let sum = Group.so2.irrep(2) + Group.so2.irrep(0) + Group.so2.irrep(1)
    #expect(check(sum) == [Group.so2.irrep(2), Group.so2.irrep(0), Group.so2.irrep(1)])
    let induced = try Group.o2.inducedRepresentation(.rotationsAll, Group.so2.irrep(1))
    #expect(check(try induced.restricted(to: .rotationsAll)).map(\.size) == [2, 2])
  }
}

extension Irrep {
  fileprivate static func trivial(_ group: Group) -> Irrep { group.trivialRepresentation.irreps[0] }
}
