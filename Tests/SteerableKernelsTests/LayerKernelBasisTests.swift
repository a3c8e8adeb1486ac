import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

@Suite struct LayerKernelBasisTests {
  private func layer(
    _ group: Group, _ inputs: [Representation], _ outputs: [Representation], _ size: Int
  ) throws -> LayerKernelBasis {
    try LayerKernelBasis(from: inputs, to: outputs, configuration: KernelConfiguration(kernelSize: size))
  }

  private func copies(_ count: Int, _ representation: Representation) -> [Representation] {
    Array(repeating: representation, count: count)
  }

  @Test func weightsOfTheDigitNetwork() throws {
    let group = Group.cyclic(8)
    let regular = group.regularRepresentation
    let widths = [24, 48, 48, 96, 96, 64]
    let expected = [432, 101_376, 202_752, 405_504, 811_008, 540_672]
    let clock = ContinuousClock()
    SampledKernelBasis.emptyCache()
    var counts: [Int] = []
    let time = try clock.measure {
      for (index, width) in widths.enumerated() {
        let inputs = index == 0 ? [group.trivialRepresentation] : copies(widths[index - 1], regular)
        counts.append(try layer(group, inputs, copies(width, regular), index == 0 ? 7 : 5).weightCount)
      }
    }
    print("kernel bases of the C8 digit network: \(time)")
    #expect(counts == expected)
    #expect(counts.reduce(0, +) == 2_061_744)
    #expect(time < .seconds(1))
  }

  @Test func largeGroupIsFast() throws {
    let regular = Group.dihedral(16).regularRepresentation
    let time = ContinuousClock().measure {
      let basis = SampledKernelBasis.basis(
        from: regular, to: regular, configuration: KernelConfiguration(kernelSize: 5))
      #expect(basis.dimension == 352)
    }
    print("kernel basis D16 regular to regular, 5 pixels: \(time)")
    #expect(time < .seconds(10))
  }

  @Test func layoutOfMixedFields() throws {
    let group = Group.cyclic(8)
    let (regular, trivial, vector) = (group.regularRepresentation, group.trivialRepresentation, group.irrep(1))
    let layer = try layer(group, [regular, trivial, regular, vector], [vector, vector, regular, trivial], 5)
    #expect(layer.inSize == 19 && layer.outSize == 13)
    // irrep_0 < irrep_1 < regular, inputs first.
    let names = layer.pairs.map { "\($0.input.name) \($0.output.name)" }
    let order = [trivial, vector, regular].flatMap { a in [trivial, vector, regular].map { "\(a.name) \($0.name)" } }
    #expect(names == order)
    var offset = 0
    for pair in layer.pairs {
      #expect(pair.weightOffset == offset)
      offset = pair.weightRange.upperBound
      #expect(pair.weightCount == pair.inFields.count * pair.outFields.count * pair.basis.dimension)
    }
    #expect(offset == layer.weightCount)
    let pair = try #require(layer.pairs.first { $0.input == regular && $0.output == vector })
    #expect(pair.inFields == [0, 2] && pair.inOffsets == [0, 9] && !pair.isInputContiguous)
    #expect(pair.outFields == [0, 1] && pair.outOffsets == [0, 2] && pair.isOutputContiguous)
    #expect(pair.inChannels == Array(0..<8) + Array(9..<17) && pair.outChannels == [0, 1, 2, 3])

    // Weight b from field i to field o moves exactly its own kernel.
    var weights = [Double](repeating: 0, count: layer.weightCount)
    let b = 3
    weights[pair.weightOffset + (1 * 2 + 1) * pair.basis.dimension + b] = 2
    let filter = layer.filter(weights: weights)
    for out in 0..<layer.outSize {
      for input in 0..<layer.inSize {
        for point in 0..<25 {
          let inside = (2..<4).contains(out) && (9..<17).contains(input)
          let expected = inside ? 2 * pair.basis.values[((b * 2 + out - 2) * 8 + input - 9) * 25 + point] : 0
          #expect(filter[(out * layer.inSize + input) * 25 + point] == expected)
        }
      }
    }
  }

  @Test func pairsWithoutKernelsAreSkipped() throws {
    let group = Group.o2
    let layer = try layer(group, [group.irrep(0, 0)], [group.irrep(0, 0), group.irrep(1, 0)], 3)
    #expect(layer.pairs.count == 1 && layer.weightCount == 2)
    #expect(layer.filter(weights: [1, 1])[9...].allSatisfy { $0 == 0 })
    #expect(throws: KernelError.self) { try self.layer(group, [group.irrep(0, 0)], [group.irrep(1, 0)], 3) }
  }

  @Test func heDeviationsOfTheReference() throws {
    let group = Group.cyclic(8)
    let regular = copies(8, group.regularRepresentation)
    func counts(_ layer: LayerKernelBasis) -> [Double: Int] {
      layer.heStandardDeviations().reduce(into: [:]) { $0[($1 * 10_000).rounded() / 10_000, default: 0] += 1 }
    }
    let lifting = try layer(group, copies(3, group.trivialRepresentation), regular, 5)
    #expect(counts(lifting) == [0.3333: 72, 0.2887: 192])
    // Values and how many weights have them, as e2cnn 0.2.3 computes them.
    #expect(
      counts(try layer(group, regular, regular, 5)) == [
        0.0559: 1280, 0.0645: 384, 0.0791: 1024, 0.0884: 1536, 0.1021: 1024, 0.1179: 384,
      ])
  }

  /// White noise of unit variance gives every output irrep unit variance.
  @Test(arguments: [Group.cyclic(8), .dihedral(4), .flip]) func heKeepsTheVariance(group: Group) throws {
    let inputs = try fields(of: group).filter { $0.name != "mixture" } + [group.regularRepresentation]
    let outputs = [group.regularRepresentation, group.trivialRepresentation, group.regularRepresentation]
    let layer = try layer(group, inputs, outputs, 5)
    let deviations = layer.heStandardDeviations()
    #expect(deviations.count == layer.weightCount)
    var sums: [SIMD2<Int>: Double] = [:]
    for pair in layer.pairs {
      for (o, field) in pair.outFields.enumerated() {
        for i in pair.inFields.indices {
          for (b, element) in pair.basis.elements.enumerated() {
            let index = pair.weightOffset + (o * pair.inFields.count + i) * pair.basis.dimension + b
            sums[SIMD2(field, element.outIrrepIndex), default: 0] += deviations[index] * deviations[index]
          }
        }
      }
    }
    #expect(sums.count == outputs.reduce(0) { $0 + $1.irreps.count })
    #expect(sums.values.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  @Test(arguments: [(Group.cyclic(8), 2, 3), (.dihedral(4), 3, 2), (.flip, 1, 1), (.cyclic(1), 4, 2)])
  func deltaOrthogonal(group: Group, inCount: Int, outCount: Int) throws {
    let regular = group.regularRepresentation
    let layer = try layer(group, copies(inCount, regular), copies(outCount, regular), 5)
    var rng = SplitMix(5)
    let weights = try layer.deltaOrthogonalWeights(using: &rng)
    let filter = layer.filter(weights: weights)
    let center = Matrix(
      rows: layer.outSize, columns: layer.inSize,
      (0..<layer.outSize * layer.inSize).map { filter[$0 * 25 + 12] })
    let product = inCount <= outCount ? center.transposed * center : center * center.transposed
    #expect(product.maxAbsDifference(to: .identity(min(layer.inSize, layer.outSize))) < 1e-10)
    #expect(filter.enumerated().allSatisfy { $0 % 25 == 12 || abs($1) < 1e-12 })
  }

  @Test func centralBlocksCountCopies() throws {
    let group = Group.cyclic(4)
    let (regular, vector) = (group.regularRepresentation, group.irrep(1))
    let blocks = try layer(group, [vector, regular, regular], [regular, vector, vector], 3).centralBlocks()
    let block = try #require(blocks.first { $0.irrep == vector.irreps[0] })
    #expect(block.inputCopies == 3 && block.outputCopies == 3 && block.elementsPerPair == 2)
    #expect(Set(block.weightIndices).count == 18)
    let filtered = KernelConfiguration(
      kernelSize: 3, filter: KernelFilter(id: "uneven") { !($0.radius == 0 && $0.inIrrepIndex == 1) })
    let uneven = try LayerKernelBasis(from: [vector, regular], to: [regular], configuration: filtered)
    #expect(throws: KernelError.unequalCenters(irrep: "irrep_1")) { try uneven.centralBlocks() }
  }

  @Test func descriptionForPrinting() throws {
    let group = Group.dihedral(4)
    let basis = SampledKernelBasis.basis(
      from: group.regularRepresentation, to: group.irrep(1, 1), configuration: KernelConfiguration(kernelSize: 3))
    let description = KernelBasisDescription(basis, includingValues: true)
    let kernels = try #require(description.kernels)
    #expect(kernels.count == basis.dimension && kernels[0].count == 2 && kernels[0][0].count == 8)
    #expect(kernels.flatMap { $0.flatMap { $0.flatMap { $0.flatMap { $0 } } } } == basis.values)
    let text = String(decoding: try JSONEncoder().encode(KernelBasisDescription(basis)), as: UTF8.self)
    #expect(text.contains("\"in\":") && text.contains("\"out\":") && !text.contains("kernels"))
    let copy = try JSONDecoder().decode(KernelBasisDescription.self, from: JSONEncoder().encode(description))
    #expect(copy == description)
  }
}
