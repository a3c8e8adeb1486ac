import Foundation
import SteerableKernels
import Symmetry
import Testing

@Suite struct FilterBankTests {
  private func bank(_ group: Group, _ fields: [Representation], _ size: Int) throws -> FilterBank {
    let layer = try LayerKernelBasis(from: fields, to: fields, configuration: KernelConfiguration(kernelSize: size))
    return FilterBank(kernelSize: size, joining: layer.pairs.map(\.basis.bank))
  }

  /// One function for the center, and one cosine and one sine for each frequency on each ring.
  @Test(arguments: [(3, 6), (5, 11), (7, 18)])
  func counts(_ size: Int, _ count: Int) throws {
    for group in [Group.cyclic(8), .dihedral(8)] {
      #expect(try bank(group, [group.regularRepresentation], size).count == count, "\(group.name)")
    }
  }

  /// Scalars on which all rotations and reflections act know only the radius.
  @Test func radialFunctions() throws {
    let bank = try bank(.o2, [Group.o2.trivialRepresentation], 5)
    #expect(bank.counts == [3, 0, 0, 0])
  }

  @Test(arguments: [2, 3, 4, 5, 7])
  func functionsAreOrthonormalWithParityAndSpanTheKernels(_ size: Int) throws {
    let group = Group.dihedral(3)
    let regular = group.regularRepresentation
    let extent = Double(size - 1)
    let configuration = KernelConfiguration(
      kernelSize: size, rings: [0.2 * extent, 0.45 * extent], sigma: [0.6, 0.6],
      frequencyCutoff: .custom(id: "two") { _ in 2 })
    let basis = SampledKernelBasis.basis(from: regular, to: regular, configuration: configuration)
    let bank = basis.bank
    let (functions, points) = (bank.functions, size * size)
    let rows = (0..<bank.count).map { Array(functions[$0 * points..<($0 + 1) * points]) }
    func product(_ a: some Sequence<Double>, _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    for (i, a) in rows.enumerated() {
      for (j, b) in rows.enumerated() { #expect(abs(product(a, b) - (i == j ? 1 : 0)) < 1e-12) }
    }

    var index = 0
    for (parity, count) in bank.counts.enumerated() {
      for function in rows[index..<index + count] {
        for row in 0..<size {
          for column in 0..<size {
            let value = function[row * size + column]
            let flipped = function[(size - 1 - row) * size + column]
            let mirrored = function[row * size + size - 1 - column]
            #expect(abs(flipped - (parity < 2 ? value : -value)) < 1e-14)
            #expect(abs(mirrored - (parity % 2 == 0 ? value : -value)) < 1e-14)
          }
        }
      }
      index += count
    }

    for first in stride(from: 0, to: basis.values.count, by: points) {
      let kernel = basis.values[first..<first + points]
      var rest = Array(kernel)
      for function in rows {
        let factor = product(kernel, function)
        for point in 0..<points { rest[point] -= factor * function[point] }
      }
      #expect((rest.map(abs).max() ?? 0) < 1e-10)
    }
  }

  @Test func quadrantsUnfoldToTheFunctions() throws {
    let bank = try bank(.cyclic(8), [Group.cyclic(8).regularRepresentation], 5)
    var quadrants = bank.quadrants[...]
    var index = 0
    for (parity, count) in bank.counts.enumerated() {
      for _ in 0..<count {
        for row in 0..<(parity < 2 ? 3 : 2) {
          for column in 0..<(parity % 2 == 0 ? 3 : 2) {
            let value = quadrants.popFirst() ?? .nan
            #expect(abs(bank.functions[index * 25 + row * 5 + column] - value) < 1e-14)
          }
        }
        index += 1
      }
    }
    #expect(quadrants.isEmpty)
    #expect(bank.multiplications == 77)
  }
}
