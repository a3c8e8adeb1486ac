import Symmetry
import Testing

@Suite struct SubgroupTests {
  static let continuousIDs: [(Group, SubgroupID)] = [
    (.so2, .rotations(1)), (.so2, .rotations(4)), (.so2, .rotations(5)), (.so2, .rotationsAll),
    (.o2, .rotationsAll), (.o2, .rotations(1)), (.o2, .rotations(6)), (.o2, .reflection(angle: 0)),
    (.o2, .reflection(angle: 0.9)), (.o2, .dihedral(angle: 1.3, 3)), (.o2, .dihedral(angle: 0, 4)),
    (.o2, .dihedral(angle: .pi / 4, 2)), (.o2, .turned(angle: 0.8)), (.o2, .turned(angle: 0)),
  ]

  static let all: [(Group, SubgroupID)] =
    continuousIDs
    + (TestGroups.small + [.cyclic(12), .dihedral(8), .dihedral(12)]).flatMap { group in
      group.subgroups.map { (group, $0.id) }
    } + [(.dihedral(6), .dihedral(axis: 5, 3)), (.dihedral(8), .dihedral(axis: 7, 8))]

  @Test(arguments: all)
  func inclusionIsAHomomorphismWithRetraction(_ group: Group, _ id: SubgroupID) throws {
    let subgroup = try group.subgroup(id)
    let members = subgroup.group.testingElements
    for a in members {
      let included = subgroup.include(a)
      #expect(group.contains(included))
      let back = try #require(subgroup.restrict(included))
      #expect(subgroup.group.contains(back))
      let difference = abs(back.angle(in: subgroup.group) - a.angle(in: subgroup.group))
      #expect(back.isReflected == a.isReflected && min(difference, 2 * .pi - difference) <= 1e-9)
    }
    for (a, b) in testPairs(subgroup.group).prefix(300) {
      let left = subgroup.include(subgroup.group.product(a, b))
      let right = group.product(subgroup.include(a), subgroup.include(b))
      let difference = abs(left.angle(in: group) - right.angle(in: group))
      #expect(left.isReflected == right.isReflected && min(difference, 2 * .pi - difference) <= 1e-12)
    }
    if let order = subgroup.group.order, !group.isContinuous {
      #expect(group.elements.count { subgroup.restrict($0) != nil } == order)
    }
  }

  /// The closed forms give the parent's matrices, for every irrep and every element of the subgroup.
  @Test(arguments: all)
  func restrictionKeepsTheMatrices(_ group: Group, _ id: SubgroupID) throws {
    let subgroup = try group.subgroup(id)
    var representations = group.irreps(maximumFrequency: group.isContinuous ? 7 : nil).map { Representation($0) }
    if !group.isContinuous { representations.append(group.regularRepresentation) }
    for representation in representations {
      let restricted = try representation.restricted(to: id)
      #expect(restricted.group == subgroup.group)
      #expect(restricted.changeOfBasis.isOrthogonal(tolerance: 1e-12))
      for element in subgroup.group.testingElements {
        let expected = representation.matrix(subgroup.include(element))
        #expect(rebuilt(restricted, element).maxAbsDifference(to: expected) <= 1e-12)
        #expect(restricted.matrix(element).maxAbsDifference(to: expected) <= 1e-12)
      }
    }
  }

  @Test func kindsOfSubgroups() throws {
    #expect(try Group.dihedral(8).subgroup(.reflection(3)).group == .flip)
    #expect(try Group.dihedral(8).subgroup(.dihedral(axis: 1, 4)).group == .dihedral(4))
    #expect(try Group.dihedral(8).subgroup(.rotations(8)).group == .cyclic(8))
    #expect(try Group.o2.subgroup(SubgroupID("(None,-1)")).group == .so2)
    #expect(try Group.o2.subgroup(SubgroupID("(0,4)")).id == .dihedral(angle: 0, 4))
    #expect(try Group.o2.subgroup(.turned(angle: 1)).group == .o2)
    // D4 has ten subgroups: C1, C2, C4, four reflections, two D2, D4.
    #expect(Group.dihedral(4).subgroups.count == 10)
  }

  @Test(arguments: [
    (Group.cyclic(8), SubgroupID.rotations(3)), (.cyclic(8), .rotations(0)), (.cyclic(8), .reflection(0)),
    (.cyclic(8), .rotationsAll), (.dihedral(6), .rotations(4)), (.dihedral(6), .reflection(6)),
    (.dihedral(6), .reflection(-1)), (.dihedral(6), .dihedral(angle: 0.5, 2)), (.dihedral(6), .rotationsAll),
    (.so2, .reflection(angle: 0)), (.o2, .rotations(0)), (.flip, .rotations(2)),
  ])
  func unknownSubgroupsAreRefused(_ group: Group, _ id: SubgroupID) {
    #expect(throws: SymmetryError.self) { try group.subgroup(id) }
  }

  @Test func regularStaysPointwiseWhenRestricted() throws {
    let restricted = try Group.dihedral(8).regularRepresentation.restricted(to: .rotations(8))
    #expect(restricted.capabilities.contains(.pointwise) && restricted.size == 16)
    #expect(restricted.name == "restricted(D8,(None,8),regular)")
    #expect(try Group.dihedral(4).irrep(1, 0).restricted(to: .rotations(4)) == Group.cyclic(4).trivialRepresentation)
  }
}
