import Symmetry
import TestSupport
import Testing

@Suite struct IrrepTests {
  @Test(arguments: TestGroups.finite + TestGroups.continuous)
  func irrepsAreOrthogonalHomomorphisms(_ group: Group) {
    let pairs = testPairs(group)
    for irrep in group.irreps() {
      let representation = Representation(irrep)
      #expect(homomorphismError(representation, pairs) <= 1e-12)
      for element in group.testingElements {
        let matrix = irrep.matrix(element)
        #expect(matrix.isOrthogonal(tolerance: 1e-12))
        #expect(abs(matrix.trace - irrep.character(element)) <= 1e-12)
      }
    }
  }

  @Test(arguments: TestGroups.finite)
  func charactersAreOrthogonal(_ group: Group) {
    let irreps = group.irreps()
    for a in irreps {
      for b in irreps {
        let overlap =
          group.elements.reduce(0) { $0 + a.character($1) * b.character($1) } / Double(group.elements.count)
        #expect(abs(overlap - (a == b ? Double(a.sumOfSquares) : 0)) <= 1e-12)
      }
    }
    // The irreps are complete: the squares of the dimensions, each over its type, add up to the order.
    #expect(irreps.reduce(0) { $0 + $1.size * $1.size / $1.sumOfSquares } == group.order)
  }

  @Test(arguments: TestGroups.finite)
  func matrixEntriesObeySchur(_ group: Group) {
    for a in group.irreps() where a.kind == .real {
      for i in 0..<a.size {
        for j in 0..<a.size {
          let sum = group.elements.reduce(0.0) { $0 + a.matrix($1)[i, j] * a.matrix($1)[0, 0] }
          let expected = i == 0 && j == 0 ? Double(group.elements.count) / Double(a.size) : 0
          #expect(abs(sum - expected) <= 1e-10)
        }
      }
    }
  }

  @Test(arguments: TestGroups.small + TestGroups.continuous)
  func endomorphismsCommute(_ group: Group) {
    for irrep in group.irreps() {
      #expect(irrep.endomorphismBasis.count == irrep.sumOfSquares)
      for element in group.testingElements {
        for commuting in irrep.endomorphismBasis {
          let (left, right) = (irrep.matrix(element) * commuting, commuting * irrep.matrix(element))
          #expect(left.maxAbsDifference(to: right) <= 1e-12)
        }
      }
    }
  }

  @Test func orderAndNamesAreThoseOfTheReference() {
    #expect(Group.cyclic(8).irreps().map(\.name) == ["irrep_0", "irrep_1", "irrep_2", "irrep_3", "irrep_4"])
    #expect(
      Group.dihedral(4).irreps().map(\.name) == ["irrep_0,0", "irrep_1,0", "irrep_1,1", "irrep_1,2", "irrep_0,2"])
    #expect(Group.dihedral(3).irreps().map(\.id) == [[0, 0], [1, 0], [1, 1]])
    #expect(Group.dihedral(1).irreps().map(\.id) == [[0, 0], [1, 0]])
    #expect(Group.flip.irreps().map(\.id) == [[0], [1]])
    #expect(Group.o2.irreps(maximumFrequency: 2).map(\.id) == [[0, 0], [1, 0], [1, 1], [1, 2]])
    #expect(Group.so2.irreps(maximumFrequency: 3).map(\.id) == [[0], [1], [2], [3]])
    #expect(Group.cyclic(4).irreps().map(\.kind) == [.real, .complex, .real])
    #expect(Group.dihedral(4).irreps().allSatisfy { $0.kind == .real })
  }

  @Test(arguments: [
    (Group.cyclic(8), [5]), (.cyclic(8), [-1]), (.cyclic(8), [0, 0]), (.dihedral(4), [0, 1]), (.dihedral(4), [1, 3]),
    (.dihedral(3), [0, 1]), (.dihedral(4), [2, 0]), (.flip, [2]), (.o2, [0, 1]), (.so2, [-1]), (.so2, []),
  ])
  func unknownIrrepsAreRefused(_ group: Group, _ id: [Int]) {
    #expect(throws: SymmetryError.unknownIrrep(group: group, id: id)) { try group.irrep(id: id) }
  }

  @Test(arguments: TestGroups.small + TestGroups.continuous)
  func clebschGordanMatricesDecomposeProducts(_ group: Group) {
    let irreps = group.irreps(maximumFrequency: group.isContinuous ? 4 : nil)
    var rng = SplitMix(11)
    let elements = group.isContinuous ? (0..<20).map { _ in group.randomElement(using: &rng) } : group.elements
    for a in irreps {
      for b in irreps {
        let product = ClebschGordan(a, b)
        #expect(product.changeOfBasis.isOrthogonal(tolerance: 1e-12))
        for element in elements {
          let blocks = Matrix.blockDiagonal(product.irreps.map { $0.matrix(element) })
          let sum = product.changeOfBasis * blocks * product.changeOfBasis.transposed
          #expect(sum.maxAbsDifference(to: a.matrix(element).kron(b.matrix(element))) <= 1e-12)
        }
      }
    }
  }

  @Test func clebschGordanSignsAreFixed() throws {
    let vector = try Irrep(.so2, id: [1])
    let product = ClebschGordan(vector, vector)
    #expect(product.irreps.map(\.id) == [[0], [0], [2]])
    let half = 2.0.squareRoot() / 2
    let expected = half * Matrix([[1, 0, 1, 0], [0, 1, 0, 1], [0, -1, 0, 1], [1, 0, -1, 0]])
    #expect(product.changeOfBasis.maxAbsDifference(to: expected) <= 1e-12)
    let scalar = ClebschGordan(try Irrep(.o2, id: [1, 1]), try Irrep(.o2, id: [1, 1])).coefficients(
      of: try Irrep(.o2, id: [0, 0]))
    #expect(scalar.maxAbsDifference(to: half * Matrix([[1], [0], [0], [1]])) <= 1e-12)
  }
}
