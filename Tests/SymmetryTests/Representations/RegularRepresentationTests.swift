import Symmetry
import Testing

@Suite struct RegularRepresentationTests {
  @Test(arguments: TestGroups.finite)
  func regularRepresentationPermutesTheElements(_ group: Group) {
    let regular = group.regularRepresentation
    #expect(regular.changeOfBasis.isOrthogonal(tolerance: 1e-12))
    let elements = group.elements
    for h in elements {
      let matrix = regular.matrix(h)
      #expect(matrix.maxAbsDifference(to: rebuilt(regular, h)) <= 1e-12)
      for (column, g) in elements.enumerated() {
        #expect(matrix[group.index(of: group.product(h, g)), column] == 1)
        #expect(regular.permutation(of: h)?[column] == group.index(of: group.product(h, g)))
      }
      #expect(matrix.values.reduce(0, +) == Double(elements.count))
      #expect(abs(regular.character(h) - (h == group.identity ? Double(elements.count) : 0)) <= 1e-10)
    }
    #expect(homomorphismError(regular, testPairs(group)) == 0)
    for irrep in group.irreps() {
      #expect(regular.multiplicity(of: irrep) == irrep.size / irrep.sumOfSquares)
    }
  }

  @Test func capabilities() {
    let cyclic = Group.cyclic(8).regularRepresentation.capabilities
    #expect(cyclic == [.pointwise, .norm, .gated, .concatenated, .vectorField])
    #expect(Group.dihedral(4).regularRepresentation.capabilities == [.pointwise, .norm, .gated, .concatenated])
    #expect(Group.cyclic(4).trivialRepresentation.capabilities == [.pointwise, .norm, .gated, .gate, .concatenated])
    #expect(Group.so2.trivialRepresentation.capabilities == [.pointwise, .norm, .gated, .gate])
    #expect(Group.dihedral(4).irrep(1, 0).capabilities == [.norm, .gated, .concatenated])
    #expect(Group.o2.irrep(1, 0).capabilities == [.norm, .gated])
    #expect(Group.cyclic(8).irrep(1).capabilities == [.norm, .gated])
  }

  @Test func threadsShareOneRepresentation() async {
    let group = Group.dihedral(23)
    let expected = group.irreps().map { $0.size / $0.sumOfSquares * $0.size }.reduce(0, +)
    let found = await withTaskGroup(of: Representation.self) { tasks in
      for _ in 0..<16 { tasks.addTask { group.regularRepresentation } }
      return await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(found).count == 1 && found.count == 16 && found[0].size == expected)
  }

  @Test func continuousGroupsHaveNoRegularRepresentation() async {
    await #expect(processExitsWith: .failure) { _ = Group.so2.regularRepresentation }
    await #expect(processExitsWith: .failure) { _ = Group.cyclic(4).irrep(3) }
    await #expect(processExitsWith: .failure) { _ = Group.o2.element(rotation: 1) }
    await #expect(processExitsWith: .failure) { _ = Group.cyclic(0) }
  }

  @Test func largeGroupsAreQuickAndShared() {
    let clock = ContinuousClock()
    let group = Group.dihedral(31)
    let time = clock.measure { _ = group.regularRepresentation }
    #expect(time < .seconds(1))
    #expect(clock.measure { for _ in 0..<1000 { _ = group.regularRepresentation.hashValue } } < .milliseconds(200))
  }
}
