import Symmetry
import TestSupport
import Testing

@Suite struct DecompositionTests {
  @Test(arguments: TestGroups.small + [.dihedral(8)])
  func hiddenIrrepsAreFound(_ group: Group) throws {
    var rng = SplitMix(UInt64(group.order ?? 0))
    let irreps = group.irreps() + group.irreps().suffix(2)
    let size = irreps.reduce(0) { $0 + $1.size }
    for basis in [rng.orthogonal(size), rng.matrix(size, size) + 3 * .identity(size)] {
      let hidden = Representation(irreps: irreps, changeOfBasis: basis, name: "hidden")
      let found = try Representation.decomposing(group: group, name: "found") { hidden.matrix($0) }
      #expect(Set(found.irreps) == Set(irreps))
      for irrep in irreps { #expect(found.multiplicity(of: irrep) == hidden.multiplicity(of: irrep)) }
      let isOrthogonal = group.elements.allSatisfy { hidden.matrix($0).isOrthogonal() }
      #expect(found.capabilities.contains(.norm) == isOrthogonal)
      if basis.isOrthogonal() { #expect(found.changeOfBasis.isOrthogonal(tolerance: 1e-9)) }
      for element in group.elements {
        #expect(found.matrix(element).maxAbsDifference(to: hidden.matrix(element)) <= 1e-9)
      }
    }
  }

  @Test(arguments: TestGroups.continuous)
  func continuousRepresentationsAreFound(_ group: Group) throws {
    var rng = SplitMix(5)
    let irreps = [1, 3, 0, 11].map { frequency in
      group.irreps(maximumFrequency: frequency).last { $0.frequency == frequency } ?? group.irreps()[0]
    }
    let size = irreps.reduce(0) { $0 + $1.size }
    let hidden = Representation(irreps: irreps, changeOfBasis: rng.orthogonal(size), name: "hidden")
    let found = try Representation.decomposing(group: group, name: "found") { hidden.matrix($0) }
    #expect(Set(found.irreps) == Set(irreps))
    for _ in 0..<50 {
      let element = group.randomElement(using: &rng)
      #expect(found.matrix(element).maxAbsDifference(to: hidden.matrix(element)) <= 1e-9)
    }
  }

  @Test func capabilitiesAreReadOff() throws {
    let group = Group.dihedral(4)
    let regular = try Representation.decomposing(group: group, name: "r") { group.regularRepresentation.matrix($0) }
    #expect(regular.capabilities == [.pointwise, .norm, .gated, .concatenated])
    let signed = try Representation.decomposing(group: group, name: "s") { group.irrep(1, 1).matrix($0) }
    #expect(signed.capabilities == [.norm, .gated, .concatenated])
    let trivial = try Representation.decomposing(group: group, name: "t") { _ in .identity(2) }
    #expect(trivial.capabilities.isSuperset(of: [.pointwise, .gate]))
  }

  @Test func wrongMatricesAreRefused() {
    let group = Group.cyclic(4)
    #expect(throws: SymmetryError.self) {
      try Representation.decomposing(group: group, name: "x") { Matrix([[$0 == group.identity ? 1 : 2]]) }
    }
    #expect(throws: SymmetryError.self) {
      try Representation.decomposing(group: group, name: "x") { _ in Matrix([[-1]]) }
    }
    // The characters are right, but two elements are exchanged.
    let exchanged = [0, 1, 3, 2].map { group.element(rotation: $0) }
    #expect(throws: SymmetryError.self) {
      try Representation.decomposing(group: group, name: "x") {
        group.regularRepresentation.matrix(exchanged[group.index(of: $0)])
      }
    }
    #expect(throws: SymmetryError.self) {
      try Representation.decomposing(group: group, name: "x", matrices: [group.identity: .identity(1)])
    }
    #expect(throws: SymmetryError.self) {
      try Representation.decomposing(group: .so2, name: "x") { Matrix([[1 + $0.angle(in: .so2)]]) }
    }
  }

  @Test(arguments: TestGroups.small)
  func tensorProductsAreKroneckerProducts(_ group: Group) {
    let parts = [group.regularRepresentation] + group.irreps().map { Representation($0) }
    for (a, b) in parts.flatMap({ a in parts.map { (a, $0) } }) {
      let product = a.tensor(b)
      for element in group.elements {
        let expected = a.matrix(element).kron(b.matrix(element))
        #expect(product.matrix(element).maxAbsDifference(to: expected) <= 1e-12)
      }
      let last = group.elements[group.elements.count - 1]
      #expect(rebuilt(product, last).maxAbsDifference(to: product.matrix(last)) <= 1e-12)
    }
  }

  @Test func sumsAndBases() {
    let group = Group.dihedral(3)
    let sum = group.irrep(1, 1) + group.regularRepresentation
    #expect(sum.size == 8 && sum.capabilities == [.norm, .gated])
    var rng = SplitMix(1)
    let turn = rng.orthogonal(8)
    let turned = sum.changingBasis(by: turn, name: "turned")
    for element in group.elements {
      let parts = [group.irrep(1, 1).matrix(element), group.regularRepresentation.matrix(element)]
      #expect(sum.matrix(element).maxAbsDifference(to: .blockDiagonal(parts)) <= 1e-12)
      let expected = turn * sum.matrix(element) * turn.transposed
      #expect(turned.matrix(element).maxAbsDifference(to: expected) <= 1e-12)
    }
    #expect(turned != sum && turned.changingBasis(by: turn.transposed, name: "back") == sum)
    let permuting = group.trivialRepresentation + group.regularRepresentation
    #expect(permuting.permutation(of: group.element(rotation: 1)) == [0, 2, 3, 1, 5, 6, 4].map { $0 })
  }
}
