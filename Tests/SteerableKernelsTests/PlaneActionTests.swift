import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// Kernels for groups that act on the plane in a way of their own.
@Suite struct PlaneActionTests {
  /// Actions that differ from the group's own: faster turns, reflections for rotations, no motion at all.
  static let actions: [Representation] = {
    func sum(_ representations: Representation...) -> Representation { .directSum(representations) }
    let (c2, c4, c8, d3, d4) = (Group.cyclic(2), Group.cyclic(4), Group.cyclic(8), Group.dihedral(3), Group.dihedral(4))
    return [
      sum(c2.irrep(0), c2.irrep(0)), sum(c2.irrep(0), c2.irrep(1)), sum(c2.irrep(1), c2.irrep(1)),
      sum(c4.irrep(0), c4.irrep(2)), c8.irrep(2), c8.irrep(3), sum(d3.irrep(0, 0), d3.irrep(1, 0)),
      sum(d3.irrep(1, 0), d3.irrep(1, 0)), sum(d4.irrep(0, 2), d4.irrep(1, 2)), sum(d4.irrep(0, 0), d4.irrep(0, 0)),
      Group.dihedral(6).irrep(1, 2), sum(Group.flip.irrep(1), Group.flip.irrep(1)), Group.so2.irrep(2),
      Group.o2.irrep(1, 3), sum(Group.o2.irrep(0, 0), Group.o2.irrep(1, 0)),
    ]
  }()

  @Test(arguments: actions) func constraint(action: Representation) throws {
    var rng = SplitMix(1)
    let group = action.group
    var elements = 0
    for input in try fields(of: group) {
      for output in try fields(of: group) where input.size * output.size <= 36 {
        let configuration = KernelConfiguration(
          kernelSize: 5, rings: [0, 1, 2], sigma: [0.6, 0.5, 0.4], frequencyCutoff: .linear(1.5), action: action)
        let basis = try KernelBasis(from: input, to: output, configuration: configuration)
        for _ in 0..<2 {
          let element = group.randomElement(using: &rng)
          let point = (0..<2).map { _ in Double.random(in: -2...2, using: &rng) }
          let moved = action.matrix(element) * point
          let (left, right) = (output.matrix(element), input.matrix(group.inverse(element)))
          let here = basis.evaluate(x: point[0], y: point[1])
          for (a, b) in zip(here, basis.evaluate(x: moved[0], y: moved[1])) {
            #expect((left * a * right).maxAbsDifference(to: b) < 1e-9, "\(input) -> \(output)")
          }
        }
        elements += basis.dimension
      }
    }
    #expect(elements > 0)
  }

  /// The dimension by characters: harmonics of frequency k have the character of their rotation, or of none.
  @Test(arguments: actions) func charactersGiveTheDimension(action: Representation) throws {
    let group = action.group
    let elements =
      group.isContinuous
      ? (0..<64).flatMap { step -> [GroupElement] in
        let angle = 2 * .pi * Double(step) / 64
        let rotation = group.element(angle: angle)
        return group.hasReflections ? [rotation, group.element(angle: angle, reflected: true)] : [rotation]
      } : group.elements
    for input in try fields(of: group) where input.size <= 8 {
      for output in try fields(of: group) where output.size <= 8 {
        let basis = try KernelBasis(
          from: input, to: output,
          configuration: KernelConfiguration(
            kernelSize: 7, rings: [2], sigma: 1, frequencyCutoff: .linear(1.5), action: action))
        for frequency in 0...3 {
          var sum = 0.0
          for element in elements {
            let m = action.matrix(element)
            let isReflected = m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0] < 0
            let turn = cos(Double(frequency) * atan2(m[1, 0], m[0, 0]))
            let harmonics: Double = frequency == 0 ? 1 : (isReflected ? 0 : 2 * turn)
            sum += input.character(element) * output.character(element) * harmonics
          }
          let count = basis.elements.count { $0.frequency == frequency }
          #expect(abs(Double(count) - sum / Double(elements.count)) < 1e-8, "\(input) -> \(output), \(frequency)")
        }
      }
    }
  }

  /// The group's own action, given as a custom one, leads to the same space of sampled kernels.
  @Test(arguments: [Group.cyclic(4), .cyclic(8), .dihedral(4), .so2, .o2]) func ownAction(group: Group) throws {
    let action = group.hasReflections ? group.irrep(1, 1) : group.irrep(1)
    let (input, output) = (
      action, group.isContinuous ? Representation.directSum([action, action]) : group.regularRepresentation
    )
    let own = SampledKernelBasis.basis(
      from: input, to: output, configuration: KernelConfiguration(kernelSize: 5, axis: 0))
    let custom = SampledKernelBasis.basis(
      from: input, to: output, configuration: KernelConfiguration(kernelSize: 5, action: action))
    #expect(own.dimension == custom.dimension && own.dimension > 0)
    let length = own.values.count / own.dimension
    var vectors: [[Double]] = []
    for values in [own.values, custom.values] {
      for b in 0..<own.dimension {
        var rest = Array(values[b * length..<(b + 1) * length])
        for _ in 0..<2 {
          for vector in vectors {
            let overlap = zip(vector, rest).reduce(0) { $0 + $1.0 * $1.1 }
            for k in rest.indices { rest[k] -= overlap * vector[k] }
          }
        }
        let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if norm > 1e-6 { vectors.append(rest.map { $0 / norm }) }
      }
    }
    #expect(vectors.count == own.dimension)
  }

  @Test func wrongActions() {
    let group = Group.cyclic(4)
    let stretched = Representation.directSum([group.irrep(0), group.irrep(0)])
      .changingBasis(by: Matrix([[1, 0.5], [0, 1]]), name: "sheared")
    for action in [group.irrep(0), Group.cyclic(8).irrep(1)] {
      #expect(throws: KernelError.self) {
        try KernelConfiguration(kernelSize: 3, action: action).validate(for: group)
      }
    }
    // A sheared identity is the identity; a sheared rotation is no motion.
    #expect(throws: Never.self) { try KernelConfiguration(kernelSize: 3, action: stretched).validate(for: group) }
    let sheared = group.irrep(1).changingBasis(by: Matrix([[1, 0.5], [0, 1]]), name: "sheared")
    #expect(throws: KernelError.self) { try KernelConfiguration(kernelSize: 3, action: sheared).validate(for: group) }
  }
}
