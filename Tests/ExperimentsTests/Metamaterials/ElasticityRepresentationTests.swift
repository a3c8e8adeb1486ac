import EquivariantLayers
import Experiments
import Foundation
import Symmetry
import Testing

/// The law of the elasticity tensor, written down from the definition of a tensor.
enum TensorLaw {
  /// What a motion of the plane, a matrix for x right and y up, does to Q₀₀, Q₀₁, Q₀₂, Q₁₁, Q₁₂, Q₂₂.
  static func matrix(_ motion: Matrix) -> [[Double]] {
    // Direction 0 runs down the image and direction 1 to the right: as the tensor is even, up and right will do.
    let r = [[motion[1, 1], motion[1, 0]], [motion[0, 1], motion[0, 0]]]
    let pairs = [(0, 0), (1, 1), (0, 1)]
    // Stresses σ' = r σ rᵀ of the components 00, 11 and 01, the last of which stands for 01 and 10.
    let t = pairs.map { i, j in
      pairs.map { a, b in a == b ? r[i][a] * r[j][b] : r[i][a] * r[j][b] + r[i][b] * r[j][a] }
    }
    let places = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]
    return places.map { i, j in
      places.map { a, b in a == b ? t[i][a] * t[j][b] : t[i][a] * t[j][b] + t[i][b] * t[j][a] }
    }
  }

  /// The weights of the six numbers in the norm of the tensor.
  static let weights: [Double] = [1, 2, 4, 1, 4, 4]
}

@Suite struct ElasticityRepresentationTests {
  static let spaces: [GSpace] = [
    .trivial, .rotations(2), .rotations(3), .rotations(4), .rotations(8), .flips(), .flips(axis: 0), .flips(axis: 0.3),
    .dihedral(1), .dihedral(2), .dihedral(4), .dihedral(4, axis: 0), .dihedral(4, axis: .pi / 4), .dihedral(6),
    .dihedral(8, axis: 1.1), .so2, .o2, .o2(axis: 0.7),
  ]

  @Test(arguments: spaces) func itIsTheLawOfAFourthOrderTensor(space: GSpace) {
    let representation = space.elasticity
    #expect(representation.size == 6)
    for element in space.testingElements {
      let law = TensorLaw.matrix(space.planarMatrix(of: element))
      let ours = representation.matrix(element)
      for row in 0..<6 {
        for column in 0..<6 {
          #expect(abs(ours[row, column] - law[row][column]) < 1e-12, "\(element) [\(row), \(column)]")
        }
      }
    }
  }

  @Test(arguments: spaces) func itIsAHomomorphism(space: GSpace) {
    let (representation, group) = (space.elasticity, space.group)
    let elements = Array(space.testingElements.prefix(12))
    #expect(representation.matrix(group.identity).maxAbsDifference(to: .identity(6)) < 1e-12)
    for first in elements {
      for second in elements {
        let product = representation.matrix(group.product(first, second))
        let matrices = representation.matrix(first) * representation.matrix(second)
        #expect(product.maxAbsDifference(to: matrices) < 1e-11)
      }
    }
  }

  @Test(arguments: spaces) func itKeepsTheNormOfTheTensor(space: GSpace) {
    let weight = Matrix(rows: 6, columns: 6, (0..<36).map { $0 % 7 == 0 ? TensorLaw.weights[$0 / 7] : 0 })
    for element in space.testingElements {
      let matrix = space.elasticity.matrix(element)
      #expect((matrix.transposed * weight * matrix).maxAbsDifference(to: weight) < 1e-11)
    }
  }

  @Test func theSymmetriesOfTheGridPermuteTheNumbersWithSigns() {
    let space = GSpace.dihedral(4)
    for element in space.group.elements {
      let matrix = space.elasticity.matrix(element)
      #expect((matrix.transposed * matrix).maxAbsDifference(to: .identity(6)) < 1e-12)
      for value in matrix.values { #expect(min(abs(value), abs(abs(value) - 1)) < 1e-12) }
    }
    // A quarter turn exchanges the directions; shear changes its sign.
    let turned = space.elasticity.matrix(space.group.element(rotation: 1)) * [1.0, 2, 3, 4, 5, 6]
    #expect(zip(turned, [4.0, 2, -5, 1, -3, 6]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(turned)")
    // Left and right exchanged: only the signs of the couplings with shear change.
    let mirrored = space.elasticity.matrix(space.group.element(rotation: 0, reflected: true)) * [1.0, 2, 3, 4, 5, 6]
    #expect(zip(mirrored, [1.0, 2, -3, 4, -5, 6]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(mirrored)")
  }

  @Test func itConsistsOfTheseIrreps() {
    func dimensions(_ space: GSpace) -> [Int] { space.elasticity.irreps.map(\.size) }
    #expect(dimensions(.o2) == [1, 1, 2, 2])
    #expect(dimensions(.dihedral(4)) == [1, 1, 1, 1, 1, 1])
    #expect(GSpace.dihedral(4).elasticity.irreps.count { $0.isTrivial } == 3)
    #expect(GSpace.rotations(4).elasticity.irreps.count { $0.isTrivial } == 4)
    #expect(GSpace.rotations(2).elasticity.isTrivial)
    #expect(GSpace.flips().elasticity.irreps.count { $0.isTrivial } == 4)
    #expect(Set(GSpace.dihedral(4).elasticity.irreps.filter { !$0.isTrivial }).count == 3)
  }

  @Test func aWrongSignIsNoticed() {
    let space = GSpace.dihedral(4)
    let element = space.group.element(rotation: 1)
    var law = TensorLaw.matrix(space.planarMatrix(of: element))
    law[2] = law[2].map { -$0 }
    let ours = space.elasticity.matrix(element)
    #expect((0..<6).contains { abs(ours[2, $0] - law[2][$0]) > 0.5 })
  }
}
