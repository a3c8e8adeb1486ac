import Symmetry
import Testing

/// What follows from the group: representations made from others obey its laws too, for every pair of elements of every
/// finite group up to D12 and C16, and for random elements of the continuous ones.
@Suite struct LawTests {
  @Test(arguments: TestGroups.finite)
  func quotientsAreHomomorphisms(_ group: Group) throws {
    let elements = group.elements
    for subgroup in group.subgroups {
      let quotient = try group.quotientRepresentation(subgroup.id)
      // As permutations, so that products of pairs cost no matrix products.
      let permutations = try elements.map { try #require(quotient.permutation(of: $0)) }
      for (i, a) in elements.enumerated() {
        for (j, b) in elements.enumerated() {
          let product = permutations[group.index(of: group.product(a, b))]
          #expect(permutations[j].map { permutations[i][$0] } == product)
        }
        #expect(rebuilt(quotient, a).maxAbsDifference(to: .permutation(permutations[i])) <= 1e-12)
      }
    }
  }

  @Test(arguments: TestGroups.finite)
  func restrictedIrrepsAreHomomorphisms(_ group: Group) throws {
    for subgroup in group.subgroups {
      let pairs = testPairs(subgroup.group)
      for irrep in group.irreps() {
        let restricted = try Representation(irrep).restricted(to: subgroup.id)
        #expect(homomorphismError(restricted, pairs) <= 1e-12)
        for element in subgroup.group.elements {
          let expected = irrep.matrix(subgroup.include(element))
          #expect(restricted.matrix(element).maxAbsDifference(to: expected) <= 1e-12)
        }
      }
    }
  }

  @Test(arguments: TestGroups.finite)
  func inducedIrrepsAreHomomorphisms(_ group: Group) throws {
    let pairs = testPairs(group)
    // Of index two: the rotations of a dihedral group, every second rotation, and the dihedral groups of half the order.
    for subgroup in group.subgroups where subgroup.cosetCount == 2 {
      for psi in subgroup.group.irreps() {
        let induced = try group.inducedRepresentation(subgroup.id, Representation(psi))
        #expect(homomorphismError(induced, pairs) <= 1e-12)
      }
    }
  }

  @Test(arguments: TestGroups.continuous)
  func continuousRepresentationsAreHomomorphisms(_ group: Group) throws {
    let pairs = testPairs(group)
    var representations = group.irreps(maximumFrequency: 3).map { Representation($0) }
    representations.append(Representation.directSum(group.irreps(maximumFrequency: 4).map { Representation($0) }))
    let vector = group.hasReflections ? group.irrep(1, 1) : group.irrep(1)
    representations.append(vector.tensor(vector))
    if group.hasReflections {
      for frequency in 0...4 {
        representations.append(try group.inducedRepresentation(.rotationsAll, Group.so2.irrep(frequency)))
      }
    }
    for representation in representations { #expect(homomorphismError(representation, pairs) <= 1e-12) }
  }
}
