import Homogenization
import TestSupport
import Testing

@Suite struct HomogenizerTests {
  static let sizes = [(6, 6), (5, 8), (9, 4), (1, 7), (2, 2), (13, 11)]

  @Test(arguments: [(1, 1), (1, 4), (5, 3), (8, 8)])
  func uniformCellsAreTheirMaterial(height: Int, width: Int) throws {
    let pair = try CellMaterials(solid: anisotropic, void: 1e-3 * anisotropic)
    let homogenizer = Homogenizer(height: height, width: width, materials: pair)
    #expect(try homogenizer(UnitCell(height: height, width: width) { _, _ in true }).distance(to: anisotropic) < 1e-14)
    let empty = try homogenizer(UnitCell(height: height, width: width) { _, _ in false })
    #expect(empty.distance(to: 1e-3 * anisotropic) < 1e-17)
  }

  /// Layers have a closed form, which bilinear elements reproduce: the fluctuations are linear in each layer.
  @Test(arguments: [0.25, 0.5, 0.75], [2, 5])
  func laminatesFollowTheClosedForm(fraction: Double, width: Int) throws {
    let pair = try materials()
    let cell = UnitCell(height: 8, width: width) { row, _ in Double(row) < 8 * fraction }
    // The layers' normal is axis 0.
    func mean(_ value: (ElasticityTensor) -> Double) -> Double {
      fraction * value(pair.solid) + (1 - fraction) * value(pair.void)
    }
    let normal = 1 / mean { 1 / $0.q00 }
    let ratio = mean { $0.q01 / $0.q00 }
    let expected = ElasticityTensor(
      q00: normal, q01: ratio * normal, q02: 0,
      q11: mean { $0.q11 - $0.q01 * $0.q01 / $0.q00 } + ratio * ratio * normal, q12: 0, q22: 1 / mean { 1 / $0.q22 })
    let found = try Homogenizer(height: 8, width: width, materials: pair)(cell)
    #expect(found.distance(to: expected) < 1e-13)
    let turned = try Homogenizer(height: width, width: 8, materials: pair)(cell.transformed(by: .transposition))
    #expect(turned.distance(to: expected.transformed(by: .transposition)) < 1e-13)
  }

  @Test(arguments: sizes) func shiftsLeaveTheTensor(height: Int, width: Int) throws {
    let homogenizer = Homogenizer(height: height, width: width, materials: try materials())
    let cell = randomCell(height, width, seed: 3)
    let tensor = try homogenizer(cell)
    for (rows, columns) in [(1, 0), (0, 1), (-2, 3), (height - 1, width + 1)] {
      #expect(try homogenizer(cell.rolled(rows: rows, columns: columns)).distance(to: tensor) < 1e-13)
    }
  }

  @Test(arguments: sizes, [false, true]) func symmetriesOfTheSquareActOnTheTensor(size: (Int, Int), isGray: Bool) throws
  {
    let pair = try materials()
    let cell = randomCell(size.0, size.1, seed: 5, isGray: isGray)
    let tensor = try Homogenizer(height: size.0, width: size.1, materials: pair)(cell)
    for symmetry in SquareSymmetry.allCases {
      let image = cell.transformed(by: symmetry)
      let found = try Homogenizer(height: image.height, width: image.width, materials: pair)(image)
      #expect(found.distance(to: tensor.transformed(by: symmetry)) < 1e-13, "\(symmetry)")
    }
  }

  @Test func anotherCellHasAnotherTensor() throws {
    // Without this, a homogenizer that sees the volume fraction alone would pass the laws above.
    let homogenizer = Homogenizer(height: 8, width: 8)
    let cell = UnitCell(height: 8, width: 8) { row, column in row == 0 || column == 0 || row == column }
    let tensor = try homogenizer(cell)
    #expect(abs(tensor.q02) > 1e-3)
    #expect(try homogenizer(cell.transformed(by: .horizontalFlip)).distance(to: tensor) > 1e-3)
    let moved = UnitCell(height: 8, width: 8) { row, column in
      row == 0 || column == 0 || (row == column && row != 4) || (row, column) == (4, 2)
    }
    #expect(moved.volumeFraction == cell.volumeFraction)
    #expect(try homogenizer(moved).distance(to: tensor) > 1e-3)
  }

  @Test func copiesOfACellAreTheSameMaterial() throws {
    let pair = try materials()
    let cell = randomCell(4, 5, seed: 9)
    let tensor = try Homogenizer(height: 4, width: 5, materials: pair)(cell)
    let tiled = try Homogenizer(height: 12, width: 10, materials: pair)(cell.tiled(rows: 3, columns: 2))
    #expect(tiled.distance(to: tensor) < 1e-13)
  }

  @Test func refinementSoftensAndEqualsRefinedPixels() throws {
    let pair = try materials()
    let cell = randomCell(4, 4, seed: 2)
    let coarse = try Homogenizer(height: 4, width: 4, materials: pair)(cell)
    let fine = try Homogenizer(height: 4, width: 4, materials: pair, refinement: 3)(cell)
    #expect(try Homogenizer(height: 12, width: 12, materials: pair)(cell.refined(3)) == fine)
    // More freedom to fluctuate can only lower the energy.
    #expect(fine.q00 < coarse.q00 && fine.q11 < coarse.q11 && fine.q22 < coarse.q22)
  }

  @Test func stiffnessScalesAndStaysBelowTheMean() throws {
    let pair = try materials()
    let tripled = try CellMaterials(solid: 3 * pair.solid, void: 3 * pair.void)
    let cell = randomCell(6, 7, seed: 4)
    let tensor = try Homogenizer(height: 6, width: 7, materials: pair)(cell)
    let scaled = try Homogenizer(height: 6, width: 7, materials: tripled)(cell)
    #expect(scaled.distance(to: 3 * tensor) < 1e-13)
    #expect(tensor.isPositiveDefinite)
    let mean = cell.volumeFraction * pair.solid + (1 - cell.volumeFraction) * pair.void
    #expect((mean + -1 * tensor).isPositiveDefinite)
  }

  @Test func oppositeContrastIsSolvedTheSameWay() throws {
    let pair = try materials()
    let cell = randomCell(6, 6, seed: 8)
    let inverted = try UnitCell(height: 6, width: 6, densities: cell.densities.map { 1 - $0 })
    let swapped = try CellMaterials(solid: pair.void, void: pair.solid)
    let tensor = try Homogenizer(height: 6, width: 6, materials: pair)(cell)
    #expect(try Homogenizer(height: 6, width: 6, materials: swapped)(inverted).distance(to: tensor) < 1e-13)
  }

  @Test func solidThatFloatsInVoidDoesNotSpoilTheRest() throws {
    // A frame around an island: the island moves freely and carries nothing.
    let frame = UnitCell(height: 9, width: 9) { row, column in row == 0 || column == 0 }
    let both = UnitCell(height: 9, width: 9) { row, column in
      row == 0 || column == 0 || ((3...6).contains(row) && (3...6).contains(column))
    }
    let homogenizer = Homogenizer(height: 9, width: 9)
    #expect(try homogenizer(both).distance(to: homogenizer(frame)) < 1e-7)
    #expect(both.isBroken && !frame.isBroken && both.withoutFloatingPieces == frame)
  }

  private struct Golden: Decodable {
    let height, width: Int
    let densities: [Double]
    let plane: PlaneAssumption
    let youngsModulus, poissonsRatio, voidStiffness: Double
    let components: [Double]
  }

  @Test func agreesWithAnIndependentDenseSolver() throws {
    let goldens: [Golden] = try Checkout.decodedGolden("homogenization.json")
    #expect(goldens.count == 4)
    for golden in goldens {
      let homogenizer = Homogenizer(
        height: golden.height, width: golden.width,
        materials: try CellMaterials(
          youngsModulus: golden.youngsModulus, poissonsRatio: golden.poissonsRatio, golden.plane,
          voidStiffness: golden.voidStiffness))
      let found = try homogenizer(
        UnitCell(height: golden.height, width: golden.width, densities: golden.densities))
      #expect(found.distance(to: ElasticityTensor(components: golden.components)) < 1e-12)
    }
  }
}
