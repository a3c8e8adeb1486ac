import Homogenization
import Testing

@Suite struct SymmetryTests {
  static let tensor = ElasticityTensor(q00: 0.7, q01: 0.2, q02: 0.05, q11: 0.5, q12: -0.03, q22: 0.3)

  @Test func symmetriesActAsAGroupOnPixelsAndTensors() {
    #expect(Set(SquareSymmetry.allCases).count == 8)
    let cell = UnitCell(height: 3, width: 5) { row, column in (row * row + 3 * column) % 4 == 0 }
    for first in SquareSymmetry.allCases {
      for second in SquareSymmetry.allCases {
        let both = second * first
        #expect(cell.transformed(by: first).transformed(by: second) == cell.transformed(by: both))
        #expect(
          Self.tensor.transformed(by: first).transformed(by: second) == Self.tensor.transformed(by: both))
      }
    }
  }

  @Test func symmetriesChangeComponentsAsPublished() {
    let q = Self.tensor
    let flipped = ElasticityTensor(q00: q.q00, q01: q.q01, q02: -q.q02, q11: q.q11, q12: -q.q12, q22: q.q22)
    let transposed = ElasticityTensor(q00: q.q11, q01: q.q01, q02: q.q12, q11: q.q00, q12: q.q02, q22: q.q22)
    #expect(q.transformed(by: .verticalFlip) == flipped)
    #expect(q.transformed(by: .horizontalFlip) == flipped)
    #expect(q.transformed(by: .transposition) == transposed)
    #expect(q.transformed(by: .quarterTurns(2)) == q)
    #expect(q.transformed(by: .quarterTurns(1)) != q)
  }

  @Test func turnsAgreeWithTheRotationOfTensors() {
    for turns in 0..<4 {
      let exact = Self.tensor.transformed(by: .quarterTurns(turns))
      #expect(Self.tensor.rotated(by: Double(turns) * .pi / 2).distance(to: exact) < 1e-15)
    }
    // The trace Q00 + Q11 + 2 Q01 and the invariant Q22 - Q01 stay under any turn; single components do not.
    let turned = Self.tensor.rotated(by: 0.4)
    #expect(abs((turned.q00 + turned.q11 + 2 * turned.q01) - (0.7 + 0.5 + 2 * 0.2)) < 1e-15)
    #expect(abs((turned.q22 - turned.q01) - (0.3 - 0.2)) < 1e-15)
    #expect(turned.distance(to: Self.tensor) > 0.01)
    #expect(turned.rotated(by: -0.4).distance(to: Self.tensor) < 1e-15)
  }

  @Test func isotropicTensorsStayUnderTurns() throws {
    for plane in PlaneAssumption.allCases {
      let tensor = try ElasticityTensor.isotropic(youngsModulus: 2, poissonsRatio: 0.3, plane)
      #expect(tensor.rotated(by: 1.1).distance(to: tensor) < 1e-14)
    }
    let stress = try ElasticityTensor.isotropic(youngsModulus: 0.9375, poissonsRatio: 0.25)
    #expect(stress.distance(to: ElasticityTensor(components: [1, 0.25, 0, 1, 0, 0.375])) < 1e-15)
  }
}
