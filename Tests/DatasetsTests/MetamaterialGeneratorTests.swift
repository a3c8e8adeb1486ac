import Datasets
import Foundation
import Homogenization
import Testing

@Suite struct MetamaterialGeneratorTests {
  @Test(arguments: MetamaterialGenerator.Family.allCases)
  func cellsAreUnbrokenAnisotropicAndOfTheWantedFraction(family: MetamaterialGenerator.Family) throws {
    let generator = try MetamaterialGenerator(side: 16, families: [family], volumeFraction: 0.45...0.7)
    let cells = try generator.cells(count: 12, seed: 4)
    #expect(cells.count == 12)
    #expect(cells.allSatisfy { !$0.isBroken && !$0.cell.isGray && (0.45...0.7).contains($0.cell.volumeFraction) })
    #expect(Set(cells.map(\.cell)).count == 12)
    #expect(cells.allSatisfy { $0.elasticity.isPositiveDefinite })
    // Most have neither equal axes nor a mirror line along one.
    #expect(cells.count { abs($0.elasticity.q02) > 1e-3 && abs($0.elasticity.q00 - $0.elasticity.q11) > 1e-3 } >= 8)
  }

  @Test func cellsDependOnSeedAndIndexAlone() throws {
    let generator = try MetamaterialGenerator(side: 16)
    let cells = try generator.cells(count: 10, seed: 1)
    #expect(try generator.cells(count: 6, seed: 1) == Array(cells.prefix(6)))
    #expect(try generator.cell(7, seed: 1) == cells[7].cell)
    #expect(try generator.cell(7, seed: 2) != cells[7].cell)
  }

  @Test func labelsAreThoseOfTheHomogenizer() throws {
    let generator = try MetamaterialGenerator(side: 12, families: [.holes])
    let cell = try #require(try generator.cells(count: 1, seed: 9).first)
    #expect(try cell.elasticity == Homogenizer(height: 12, width: 12)(cell.cell))
    #expect(cell.label == cell.elasticity.components + [0, cell.cell.volumeFraction, 0])
    #expect(MetamaterialCell.labelNames.count == cell.label.count)
  }

  @Test func brokenCellsAreKeptOnlyWhenAskedFor() throws {
    let generator = try MetamaterialGenerator(
      side: 16, families: [.gaussianField], volumeFraction: 0.1...0.4, keepsBroken: true)
    let cells = try generator.cells(count: 20, seed: 1)
    #expect(cells.contains { $0.isBroken })
    #expect(cells.allSatisfy { $0.isBroken == $0.cell.isBroken })
  }

  @Test func progressCountsToTheEnd() throws {
    let seen = Locked<[Int]>([])
    _ = try MetamaterialGenerator(side: 8).cells(count: 9, seed: 0) { done in seen.change { $0.append(done) } }
    #expect(seen.value == Array(1...9))
  }

  @Test func senselessSettingsAreErrors() {
    expectDatasetError("expected a side of 8 to 512") { _ = try MetamaterialGenerator(side: 4) }
    expectDatasetError("no family of cells") { _ = try MetamaterialGenerator(families: []) }
    expectDatasetError("expected 0.05 to 0.98") { _ = try MetamaterialGenerator(volumeFraction: 0...0.5) }
    expectDatasetError("expected 0.05 to 0.98") { _ = try MetamaterialGenerator(volumeFraction: -0.2...0.5) }
    expectDatasetError("a range of at least 1/64") { _ = try MetamaterialGenerator(volumeFraction: 0.5...0.5) }
    expectDatasetError("no unbroken cell of the family holes") {
      // Holes this large leave walls thinner than pixels.
      _ = try MetamaterialGenerator(side: 8, families: [.holes], volumeFraction: 0.05...0.18).cells(count: 8, seed: 0)
    }
  }
}

/// A value that several threads change.
private final class Locked<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Value

  init(_ value: Value) { stored = value }

  var value: Value { lock.withLock { stored } }

  func change(_ body: (inout Value) -> Void) { lock.withLock { body(&stored) } }
}
