import Homogenization
import Testing

@Suite struct UnitCellTests {
  private static func cell(_ rows: String...) -> UnitCell {
    let pixels = rows.map { Array($0) }
    return UnitCell(height: rows.count, width: pixels[0].count) { pixels[$0][$1] == "#" }
  }

  @Test func solidIsUnbrokenWhereItRunsInTwoDirections() {
    #expect(!Self.cell("##..", "#...", "#...", "####").isBroken)
    #expect(!Self.cell("#").isBroken)
    // A helix around the torus and one across it.
    #expect(!Self.cell("##..", ".##.", "####", "#..#").isBroken)
  }

  @Test func solidIsBrokenWhereItRunsInOneDirectionOrNone() {
    #expect(Self.cell("....", "####", "....").isBroken)
    #expect(Self.cell("....", ".##.", "....").isBroken)
    #expect(Self.cell("...", "...").isBroken)
    // A diagonal stripe goes around both ways at once, which is still one direction.
    #expect(Self.cell("##..", ".##.", "..##", "#..#").isBroken)
    // Touching corners hold nothing.
    #expect(Self.cell("#.", ".#").isBroken)
    // A frame with an island.
    #expect(Self.cell("#####", "#....", "#.#..", "#....", "#....").isBroken)
  }

  @Test func piecesWrapAroundTheBorders() {
    let pieces = Self.cell("#..#", "....", ".#..", "#..#").solidPieces
    #expect(pieces.map(\.pixels) == [[0, 3, 12, 15], [9]])
    #expect(pieces.allSatisfy { !$0.spansPlane })
  }

  @Test func cellsShiftTileAndRefine() throws {
    let cell = Self.cell("#..", ".#.")
    #expect(cell.rolled(rows: 1, columns: 0) == Self.cell(".#.", "#.."))
    #expect(cell.rolled(rows: 0, columns: 1) == Self.cell(".#.", "..#"))
    #expect(cell.rolled(rows: -2, columns: 3) == cell)
    #expect(cell.tiled(rows: 1, columns: 2) == Self.cell("#..#..", ".#..#."))
    #expect(cell.refined(2) == Self.cell("##....", "##....", "..##..", "..##.."))
    #expect(cell.transformed(by: .quarterTurns(1)) == Self.cell("..", ".#", "#."))
    #expect(cell[-1, 4] == 1 && cell[2, 3] == 1 && cell[0, 1] == 0)
    #expect(cell.volumeFraction == 1.0 / 3 && !cell.isGray)
    #expect(try UnitCell(height: 1, width: 2, densities: [0.5, 1]).isGray)
  }

  private static func message(_ body: () throws -> some Any) -> String {
    do {
      _ = try body()
      return ""
    } catch {
      return error is HomogenizationError ? "\(error)" : "another error: \(error)"
    }
  }

  @Test func wrongCellsAndMaterialsAreOneClearSentence() {
    #expect(Self.message { try UnitCell(height: 0, width: 4, densities: []) }.contains("0×4 pixels"))
    #expect(Self.message { try UnitCell(height: 2, width: 2, densities: [1]) }.contains("1 values for 2×2"))
    #expect(
      Self.message { try UnitCell(height: 1, width: 2, densities: [1, .nan]) }.contains("row 0, column 1 is nan"))
    #expect(Self.message { try UnitCell(height: 1, width: 1, densities: [1.5]) }.contains("is 1.5; expected 0"))
    let cell = Self.cell("##", "#.")
    #expect(Self.message { try Homogenizer(height: 3, width: 2)(cell) }.contains("2×2 pixels; expected 3×2"))
    for (modulus, ratio) in [(0.0, 0.3), (-1, 0.3), (.nan, 0.3), (1, 0.5), (1, -1), (1, .nan)] {
      #expect(
        Self.message { try ElasticityTensor.isotropic(youngsModulus: modulus, poissonsRatio: ratio) }
          .contains("expected"), "\(modulus), \(ratio)")
    }
    for stiffness in [0, -1, 1e-13, .nan, .infinity] {
      #expect(
        Self.message {
          try CellMaterials(youngsModulus: 1, poissonsRatio: 0.3, .planeStress, voidStiffness: stiffness)
        }.contains("expected"), "\(stiffness)")
    }
    let saddle = ElasticityTensor(components: [1, 2, 0, 1, 0, 1])
    #expect(Self.message { try CellMaterials(solid: saddle, void: saddle) }.contains("positive definite"))
  }
}
