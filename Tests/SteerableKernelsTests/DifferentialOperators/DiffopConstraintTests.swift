import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// P(g x) = rho_out(g) P(x) rho_in(g)^-1 for the symbols of differential operators of every group, and their number.
@Suite struct DiffopConstraintTests {
  /// The largest violation of the constraint at random points, by random elements.
  private func violation(
    of basis: DiffopBasis, axis: Double, samples: Int, rng: inout SplitMix, change: (Matrix) -> Matrix = { $0 }
  ) -> Double {
    var worst = 0.0
    for _ in 0..<samples {
      let element = basis.input.group.randomElement(using: &rng)
      let plane =
        basis.configuration.action?.matrix(element)
        ?? basis.input.group.planarAction(of: element, reflectionAxis: axis)
      let point = (0..<2).map { _ in Double.random(in: -1...1, using: &rng) }
      let moved = plane * point
      let (left, right) = (
        basis.output.matrix(element), basis.input.matrix(basis.input.group.inverse(element))
      )
      let here = basis.evaluate(x: point[0], y: point[1])
      let there = basis.evaluate(x: moved[0], y: moved[1])
      for (a, b) in zip(here, there) {
        worst = max(worst, (left * change(a) * right).maxAbsDifference(to: change(b)))
      }
    }
    return worst
  }

  @Test(arguments: groups) func everyPair(group: Group) throws {
    var rng = SplitMix(1)
    var elements = 0
    for input in try fields(of: group) {
      for output in try fields(of: group) where input.size * output.size < 100 {
        let axis = Double.random(in: -3...3, using: &rng)
        let configuration = DiffopConfiguration(
          kernelSize: 5, maximumOrder: input.size * output.size > 30 ? 2 : 4, axis: axis)
        let basis = try DiffopBasis(from: input, to: output, configuration: configuration)
        let error = violation(of: basis, axis: axis, samples: 2, rng: &rng)
        #expect(error <= 1e-10, "\(group): \(input) -> \(output), axis \(axis)")
        elements += basis.dimension
      }
    }
    #expect(elements > 0)
  }

  @Test(arguments: [Group.cyclic(1), .cyclic(4), .cyclic(8), .so2]) func turnedOperators(group: Group) throws {
    var rng = SplitMix(2)
    for input in try fields(of: group) where input.size < 4 {
      for output in try fields(of: group) where output.size < 4 {
        let configuration = DiffopConfiguration(kernelSize: 5, maximumOrder: 4, angleOffset: 0.7)
        let basis = try DiffopBasis(from: input, to: output, configuration: configuration)
        #expect(violation(of: basis, axis: 0, samples: 3, rng: &rng) <= 1e-10)
      }
    }
    #expect(throws: KernelError.self) {
      try DiffopConfiguration(kernelSize: 3, maximumOrder: 2, angleOffset: 0.1).validate(for: .dihedral(4))
    }
  }

  @Test(arguments: [Group.cyclic(8), .dihedral(6), .o2, .so2]) func aWrongSignIsCaught(group: Group) throws {
    var rng = SplitMix(3)
    let (input, output) =
      group.hasReflections ? (group.irrep(1, 1), group.irrep(1, 2)) : (group.irrep(1), group.irrep(2))
    let configuration = DiffopConfiguration(kernelSize: 5, maximumOrder: 3)
    let basis = try DiffopBasis(from: input, to: output, configuration: configuration)
    #expect(violation(of: basis, axis: configuration.axis, samples: 10, rng: &rng) <= 1e-10)
    let wrong = violation(of: basis, axis: configuration.axis, samples: 10, rng: &rng) { symbol in
      var values = symbol.values
      values[1] = -values[1]
      return Matrix(rows: symbol.rows, columns: symbol.columns, values)
    }
    #expect(wrong > 1e-2)
    if group.hasReflections { #expect(violation(of: basis, axis: 0.3, samples: 10, rng: &rng) > 1e-2) }
  }

  /// The dimension of the operators of one order, from characters: harmonics of the frequencies order, order - 2, ….
  private func dimension(_ input: Representation, _ output: Representation, order: Int) -> Double {
    let group = input.group
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
      var harmonics = 0.0
      for frequency in stride(from: order, through: 0, by: -2) {
        harmonics += frequency == 0 ? 1 : (element.isReflected ? 0 : 2 * cos(Double(frequency) * angle))
      }
      sum += input.character(element) * output.character(element) * harmonics
    }
    return sum / Double(elements.count)
  }

  @Test(arguments: groups) func charactersGiveTheDimension(group: Group) throws {
    for input in try fields(of: group) {
      for output in try fields(of: group) {
        let basis = try DiffopBasis(
          from: input, to: output, configuration: DiffopConfiguration(kernelSize: 7, maximumOrder: 5))
        for order in 0...5 {
          let count = basis.elements.count { $0.order == order }
          #expect(abs(Double(count) - dimension(input, output, order: order)) < 1e-9, "\(input) -> \(output), \(order)")
        }
      }
    }
  }

  /// The reference's numbers; the kernel's size decides the order.
  @Test(arguments: [(3, 6), (5, 15), (7, 28)]) func regularDimensions(size: Int, dimension: Int) throws {
    let (kernelSize, order) = try DiffopConfiguration.resolve(kernelSize: size, accuracy: nil, maximumOrder: nil)
    for group in [Group.cyclic(1), .cyclic(4), .cyclic(8), .dihedral(4), .flip] {
      let basis = try SampledDiffopBasis.checkedBasis(
        from: group.trivialRepresentation, to: group.regularRepresentation,
        configuration: DiffopConfiguration(kernelSize: kernelSize, maximumOrder: order))
      #expect(basis.dimension == dimension)
    }
  }

  /// Gradient, divergence, curl and Laplacian are what invariance leaves.
  @Test func vectorCalculus() throws {
    let group = Group.o2
    let (scalar, vector) = (group.irrep(0, 0), group.irrep(1, 1))
    let configuration = DiffopConfiguration(kernelSize: 3, maximumOrder: 2, axis: 0)
    func only(_ input: Representation, _ output: Representation, order: Int) throws -> String {
      let basis = try DiffopBasis(from: input, to: output, configuration: configuration)
      let index = try #require(basis.elements.firstIndex { $0.order == order })
      return basis.symbols(index).map { $0.map { "\($0)" }.joined(separator: ", ") }.joined(separator: "; ")
    }
    #expect(try only(scalar, vector, order: 1) == "x; y")
    #expect(try only(vector, scalar, order: 1) == "x, y")
    #expect(try only(scalar, scalar, order: 2) == "x² + y²")
    #expect(try only(vector, group.irrep(1, 0), order: 1) == "-y, x")
  }

  /// Numerical solutions for the group's own action span what the closed forms span, and others satisfy their constraint.
  @Test func ownActionAsACustomOne() throws {
    for group in [Group.cyclic(3), .cyclic(4), .cyclic(8), .dihedral(3), .dihedral(4), .so2, .o2] {
      let action = group.hasReflections ? group.irrep(1, 1) : group.irrep(1)
      for input in try fields(of: group) where input.size <= 8 {
        for output in try fields(of: group) where output.size <= 3 {
          let own = try DiffopBasis(
            from: input, to: output, configuration: DiffopConfiguration(kernelSize: 5, maximumOrder: 4, axis: 0))
          let custom = try DiffopBasis(
            from: input, to: output, configuration: DiffopConfiguration(kernelSize: 5, maximumOrder: 4, action: action))
          var rng = SplitMix(5)
          #expect(violation(of: custom, axis: 0, samples: 2, rng: &rng) < 1e-9)
          for order in 0...4 {
            #expect(own.elements.count { $0.order == order } == custom.elements.count { $0.order == order })
          }
          #expect(rank(own, custom) == own.dimension, "\(group): \(input) -> \(output)")
        }
      }
    }
  }

  /// The rank of both bases together, seen at random points.
  private func rank(_ a: DiffopBasis, _ b: DiffopBasis) -> Int {
    var rng = SplitMix(6)
    let points = (0..<12).map { _ in (Double.random(in: -1...1, using: &rng), Double.random(in: -1...1, using: &rng)) }
    let rows = [a, b].flatMap { basis in
      let values = points.map { basis.evaluate(x: $0.0, y: $0.1) }
      return (0..<basis.dimension).map { index in values.flatMap { $0[index].values } }
    }
    var known: [[Double]] = []
    for row in rows {
      var rest = row
      for _ in 0..<2 {
        for vector in known {
          let overlap = zip(vector, rest).reduce(0) { $0 + $1.0 * $1.1 }
          for k in rest.indices { rest[k] -= overlap * vector[k] }
        }
      }
      let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 1e-7 { known.append(rest.map { $0 / norm }) }
    }
    return known.count
  }
}
