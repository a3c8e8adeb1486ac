import Symmetry
import Testing

/// Representations on band-limited functions and on signed pairs of channels.
struct BandLimitedFunctionsTests {
  private func elements(_ group: Group) -> [GroupElement] {
    if !group.isContinuous { return group.elements }
    return (group.hasReflections ? [false, true] : [false]).flatMap { isReflected in
      [0, 0.31, 1.7, 4.4].map { group.element(angle: $0, reflected: isReflected) }
    }
  }

  /// f(h⁻¹ g) = (h · f)(g), at every pair of elements.
  @Test(arguments: [Group.cyclic(5), .cyclic(8), .dihedral(3), .dihedral(4), .flip, .so2, .o2])
  func translation(_ group: Group) throws {
    let irreps = group.irreps(maximumFrequency: 2)
    var cases = [try BandLimitedFunctions(group, irreps: irreps)]
    let reflected: [SubgroupID] = [.reflection(angle: 0.7), .rotationsAll, .dihedral(angle: 0.3, 2)]
    let ids =
      group.isContinuous
      ? [.rotations(2)] + (group.hasReflections ? reflected : []) : group.subgroups.map(\.id)
    for id in ids { cases.append(try BandLimitedFunctions(group, subgroup: id, irreps: irreps)) }
    for functions in cases {
      let size = functions.representation.size
      let coefficients = (0..<size).map { 1 / Double($0 + 1) }
      let sampled = elements(group)
      for h in sampled {
        let moved = functions.sampling(at: sampled) * (functions.representation.matrix(h) * coefficients)
        let pulled =
          functions.sampling(at: sampled.map { group.product(group.inverse(h), $0) }) * coefficients
        for (a, b) in zip(moved, pulled) { #expect(abs(a - b) < 1e-12, "\(functions.representation)") }
      }
      // Functions on cosets do not change within one.
      guard let id = functions.subgroup else { continue }
      let subgroup = try group.subgroup(id)
      for member in elements(subgroup.group).map(subgroup.include) {
        let same = functions.sampling(at: sampled.map { group.product($0, member) })
        #expect(same.maxAbsDifference(to: functions.sampling(at: sampled)) < 1e-12)
      }
    }
  }

  @Test func sizes() throws {
    #expect(Group.so2.bandLimitedRepresentation(3).size == 7)
    let wanted = [[0, 0], [1, 0], [1, 1], [1, 1], [1, 2], [1, 2]]
    #expect(Group.o2.bandLimitedRepresentation(2).irreps.map(\.id) == wanted)
    #expect(try Group.so2.bandLimitedQuotientRepresentation(.rotations(2), 4).irreps.map(\.id) == [[0], [2], [4]])
    let mirrored = try Group.o2.bandLimitedQuotientRepresentation(.reflection(angle: 0), 2)
    #expect(mirrored.irreps.map(\.id) == [[0, 0], [1, 1], [1, 2]])
    // All irreps of a finite group make the regular representation.
    let d4 = Group.dihedral(4)
    #expect(try d4.spectralRepresentation(d4.irreps()).irreps == d4.regularRepresentation.irreps)
    #expect(Group.so2.bandLimitedRepresentation(0) == Group.so2.trivialRepresentation)
    #expect(throws: SymmetryError.self) {
      try Group.o2.spectralQuotientRepresentation(.rotationsAll, [Irrep(.o2, id: [1, 1])])
    }
    #expect(throws: SymmetryError.self) { try Group.so2.spectralRepresentation(2 * [Irrep(.so2, id: [1])]) }
  }

  @Test func grids() {
    #expect(Group.so2.grid(rotations: 5).count == 5)
    #expect(Group.o2.grid(rotations: 5).count { $0.isReflected } == 5)
    #expect(Group.dihedral(6).grid(rotations: 3).map(\.step) == [0, 2, 4, 0, 2, 4])
    #expect(Group.flip.grid(rotations: 1) == Group.flip.elements)
  }

  /// The doubled representation is a homomorphism into permutations, and f(±x) transforms by it.
  @Test(arguments: [Group.cyclic(2), .cyclic(4), .dihedral(2), .dihedral(3), .dihedral(4), .flip])
  func concatenation(_ group: Group) throws {
    let candidates =
      group.irreps().map { Representation($0) } + [group.regularRepresentation]
      + group.subgroups.compactMap { subgroup in
        subgroup.group.irreps().last.flatMap { try? group.inducedRepresentation(subgroup.id, Representation($0)) }
      }
    var count = 0
    for representation in candidates where representation.capabilities.contains(.concatenated) {
      let doubled = try representation.concatenated()
      #expect(doubled.size == 2 * representation.size && doubled.capabilities.contains(.pointwise))
      let x = (0..<representation.size).map { Double($0) - 1.3 }
      func concatenate(_ x: [Double]) -> [Double] { x.flatMap { [max($0, 0), max(-$0, 0)] } }
      for element in group.elements {
        let a = doubled.matrix(element) * concatenate(x)
        let b = concatenate(representation.matrix(element) * x)
        for (a, b) in zip(a, b) { #expect(abs(a - b) < 1e-12, "\(representation) \(element)") }
      }
      count += 1
    }
    #expect(count > 1)
    #expect(throws: SymmetryError.self) { try Group.cyclic(8).irrep(1).concatenated() }
    #expect(throws: SymmetryError.self) { try Group.so2.trivialRepresentation.concatenated() }
  }

  @Test func notation() throws {
    let cases: [(Group, Representation)] = [
      (.so2, Group.so2.bandLimitedRepresentation(3)),
      (.o2, try Group.o2.bandLimitedQuotientRepresentation(.reflection(angle: 0.5), 2)),
      (.so2, try Group.so2.bandLimitedQuotientRepresentation(.rotations(3), 3)),
      (.dihedral(4), try Group.dihedral(4).spectralRepresentation(Group.dihedral(4).irreps(maximumFrequency: 1))),
      (.dihedral(4), try Group.dihedral(4).spectralQuotientRepresentation(.reflection(1), Group.dihedral(4).irreps())),
      (.cyclic(4), try Group.cyclic(4).irrep(2).concatenated()),
    ]
    for (group, representation) in cases {
      let read = try group.representation(representation.name)
      #expect(read == representation && read.name == representation.name, "\(representation.name)")
    }
    #expect(throws: SymmetryError.self) { try Group.so2.representation("spectral(bandLimited(2))") }
    #expect(throws: SymmetryError.self) { try Group.so2.representation("bandLimited(-1)") }
    #expect(throws: SymmetryError.self) { try Group.so2.representation("concatenated(trivial)") }
  }
}

private func * (count: Int, irreps: [Irrep]) -> [Irrep] { (0..<count).flatMap { _ in irreps } }
