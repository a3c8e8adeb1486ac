import Symmetry
import Testing

@Suite struct InductionTests {
  /// Frobenius reciprocity: the multiplicities of Ind ψ in ρ and of ψ in Res ρ agree, weighted by type.
  @Test(arguments: TestGroups.small + [.cyclic(12), .dihedral(8)])
  func inductionIsAdjointToRestriction(_ group: Group) throws {
    for subgroup in group.subgroups {
      for psi in subgroup.group.irreps() {
        let induced = try group.inducedRepresentation(subgroup.id, Representation(psi))
        #expect(induced.size == psi.size * (subgroup.cosetCount ?? 0))
        for rho in group.irreps() {
          let restricted = try rho.restricted(to: subgroup)
          let below = restricted.irreps.count { $0 == psi } * psi.sumOfSquares
          #expect(induced.multiplicity(of: rho) * rho.sumOfSquares == below)
        }
      }
    }
  }

  @Test(arguments: TestGroups.small + [.cyclic(12), .dihedral(8)])
  func inducedMatricesMoveTheCosets(_ group: Group) throws {
    for subgroup in group.subgroups {
      let cosets = try #require(subgroup.cosetRepresentatives)
      for psi in subgroup.group.irreps() {
        let induced = try group.inducedRepresentation(subgroup.id, Representation(psi))
        #expect(induced.changeOfBasis.isOrthogonal(tolerance: 1e-12))
        for g in group.elements {
          var expected = Matrix.zeros(induced.size, induced.size)
          for (i, representative) in cosets.enumerated() {
            let moved = group.product(g, representative)
            for (j, target) in cosets.enumerated() {
              if let h = subgroup.restrict(group.product(group.inverse(target), moved)) {
                expected.setBlock(j * psi.size, i * psi.size, psi.matrix(h))
              }
            }
          }
          #expect(induced.matrix(g).maxAbsDifference(to: expected) <= 1e-12)
          #expect(rebuilt(induced, g).maxAbsDifference(to: expected) <= 1e-12)
        }
      }
    }
  }

  @Test func quotientsPermute() throws {
    for group in TestGroups.small {
      for subgroup in group.subgroups {
        let quotient = try group.quotientRepresentation(subgroup.id)
        #expect(quotient.capabilities.isSuperset(of: [.pointwise, .norm, .gated, .inducedNorm(1), .inducedGate]))
        #expect(homomorphismError(quotient, testPairs(group)) == 0)
        for g in group.elements {
          #expect(quotient.permutation(of: g) != nil)
          #expect(rebuilt(quotient, g).maxAbsDifference(to: quotient.matrix(g)) <= 1e-12)
        }
      }
    }
  }

  @Test func reducibleRepresentationsCanBeInduced() throws {
    let group = Group.dihedral(6)
    let inner = Group.cyclic(3).regularRepresentation
    let induced = try group.inducedRepresentation(.rotations(3), inner)
    #expect(induced.size == 12)
    #expect(homomorphismError(induced, testPairs(group)) == 0)
    for g in group.elements { #expect(rebuilt(induced, g).maxAbsDifference(to: induced.matrix(g)) <= 1e-12) }
    #expect(induced.capabilities.isSuperset(of: [.pointwise, .inducedNorm(3), .inducedGated(3)]))
  }

  @Test(arguments: 0...4)
  func so2InducesToO2(_ frequency: Int) throws {
    let induced = try Group.o2.inducedRepresentation(.rotationsAll, Group.so2.irrep(frequency))
    #expect(induced.changeOfBasis.isOrthogonal(tolerance: 1e-12))
    #expect(homomorphismError(induced, testPairs(.o2)) <= 1e-12)
    let angle = Group.o2.element(angle: 0.4)
    let inner = Group.so2.irrep(frequency).matrix(Group.so2.element(angle: 0.4))
    #expect(
      induced.matrix(angle).maxAbsDifference(to: .blockDiagonal([inner, inner.transposed])) <= 1e-12)
  }

  @Test func unsupportedInductionsAreRefused() {
    #expect(throws: SymmetryError.self) { try Group.so2.quotientRepresentation(.rotations(4)) }
    #expect(throws: SymmetryError.wrongGroup(expected: .cyclic(4), found: .cyclic(2))) {
      try Group.dihedral(4).inducedRepresentation(.rotations(4), Group.cyclic(2).irrep(1))
    }
    #expect(throws: SymmetryError.self) { try Group.cyclic(8).quotientRepresentation(.rotations(3)) }
  }
}
