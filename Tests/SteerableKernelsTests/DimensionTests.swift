import Foundation
import SteerableKernels
import Symmetry
import Testing

/// Dimensions from characters, independently of any formula for kernels.
@Suite struct DimensionTests {
  /// The dimension of the maps from the input times the circular harmonics up to `frequency` to the output.
  private func dimension(_ input: Representation, _ output: Representation, frequency: Int) -> Double {
    let group = input.group
    // Enough elements to integrate trigonometric polynomials exactly.
    let elements =
      group.isContinuous
      ? (0..<64).flatMap { step -> [GroupElement] in
        let angle = 2 * .pi * Double(step) / 64
        let rotation = group.element(angle: angle)
        return group.hasReflections ? [rotation, group.element(angle: angle, reflected: true)] : [rotation]
      } : group.elements
    var sum = 0.0
    for element in elements {
      let angle = element.angle(in: group)
      let harmonics =
        element.isReflected ? 1 : 1 + 2 * (0..<frequency).reduce(0.0) { $0 + cos(Double($1 + 1) * angle) }
      sum += input.character(element) * output.character(element) * harmonics
    }
    return sum / Double(elements.count)
  }

  @Test(arguments: groups) func charactersGiveTheDimension(group: Group) throws {
    let configuration = KernelConfiguration(kernelSize: 9, frequencyCutoff: .linear(1.5))
    let limits = configuration.frequencyLimits.map { Int($0) }
    #expect(limits == [0, 1, 3, 4, 6])
    for input in try fields(of: group) {
      for output in try fields(of: group) {
        let basis = try KernelBasis(from: input, to: output, configuration: configuration)
        for (ring, limit) in limits.enumerated() {
          let count = basis.elements.count { $0.ring == ring }
          #expect(
            abs(Double(count) - dimension(input, output, frequency: limit)) < 1e-9, "\(input) -> \(output), \(limit)")
        }
      }
    }
  }

  @Test(arguments: [Group.cyclic(1), .cyclic(3), .cyclic(8), .dihedral(1), .dihedral(4), .dihedral(5), .flip])
  func regularFieldsMultiply(group: Group) throws {
    let (regular, trivial) = (group.regularRepresentation, group.trivialRepresentation)
    let order = try #require(group.order)
    for (cutoff, expected) in [(FrequencyCutoff.default, [1, 6, 11, 18, 31]), (.linear(3), [1, 8, 21, 40, 65])] {
      for (size, dimension) in zip([1, 3, 5, 7, 9], expected) where size < 7 {
        let configuration = KernelConfiguration(kernelSize: size, frequencyCutoff: cutoff)
        let lifting = SampledKernelBasis.basis(from: trivial, to: regular, configuration: configuration)
        let group = SampledKernelBasis.basis(from: regular, to: regular, configuration: configuration)
        #expect(lifting.dimension == dimension)
        #expect(group.dimension == order * dimension)
      }
    }
  }

  @Test(arguments: [(4, 5, 7), (6, 12, 20), (8, 25, 39)]) func evenKernels(size: Int, narrow: Int, wide: Int) {
    let group = Group.cyclic(4)
    func dimension(_ cutoff: FrequencyCutoff) -> Int {
      SampledKernelBasis.basis(
        from: group.trivialRepresentation, to: group.regularRepresentation,
        configuration: KernelConfiguration(kernelSize: size, frequencyCutoff: cutoff)
      ).dimension
    }
    #expect(dimension(.default) == narrow)
    #expect(dimension(.linear(3)) == wide)
  }

  /// The elements of a sampled basis are linearly independent.
  @Test(arguments: [Group.cyclic(8), .dihedral(4), .so2, .o2, .flip]) func fullRank(group: Group) throws {
    let field = group.isContinuous ? Representation.directSum(try fields(of: group)) : group.regularRepresentation
    let basis = SampledKernelBasis.basis(from: field, to: field, configuration: KernelConfiguration(kernelSize: 3))
    let length = basis.values.count / basis.dimension
    #expect(basis.dimension >= 12)
    var vectors: [[Double]] = []
    for b in 0..<basis.dimension {
      var vector = Array(basis.values[b * length..<(b + 1) * length])
      let norm = vector.reduce(0) { $0 + $1 * $1 }
      if !group.isContinuous { #expect(abs(norm - Double(basis.elements[b].outIrrep.size)) < 1e-10) }
      for other in vectors {
        var product = 0.0
        for index in 0..<length { product += vector[index] * other[index] }
        for index in 0..<length { vector[index] -= product * other[index] }
      }
      let rest = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(rest > 1e-2)
      vectors.append(vector.map { $0 / rest })
    }
  }
}
