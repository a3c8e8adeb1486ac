import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// K(g x) = rho_out(g) K(x) rho_in(g)^-1 for the continuous kernels of every group.
@Suite struct ConstraintTests {
  /// The largest violation of the constraint at random points, by random elements.
  private func violation(
    of basis: KernelBasis, axis: Double, samples: Int, rng: inout SplitMix, change: (Int, Matrix) -> Matrix = { $1 }
  ) -> Double {
    var worst = 0.0
    for _ in 0..<samples {
      let element = basis.input.group.randomElement(using: &rng)
      let (x, y) = (Double.random(in: -3...3, using: &rng), Double.random(in: -3...3, using: &rng))
      let angle = element.angle(in: basis.input.group)
      // The reflection about the line at `axis` first, then the rotation.
      let start = atan2(y, x)
      let target = (element.isReflected ? 2 * axis - start : start) + angle
      let radius = hypot(x, y)
      let here = basis.evaluate(x: x, y: y)
      let there = basis.evaluate(x: radius * cos(target), y: radius * sin(target))
      let (left, right) = (
        basis.output.matrix(element), basis.input.matrix(basis.input.group.inverse(element))
      )
      // Of large bases, every seventh element at each point.
      let stride = here.count > 100 ? 7 : 1
      for index in Swift.stride(from: Int.random(in: 0..<stride, using: &rng), to: here.count, by: stride) {
        let moved = left * change(index, here[index]) * right
        worst = max(worst, moved.maxAbsDifference(to: change(index, there[index])))
      }
    }
    return worst
  }

  @Test(arguments: groups) func everyPair(group: Group) throws {
    var rng = SplitMix(1)
    var elements = 0
    for input in try fields(of: group) {
      for output in try fields(of: group) {
        let axis = Double.random(in: -3...3, using: &rng)
        let configuration = KernelConfiguration(
          kernelSize: 7, rings: [0, 1, 2.5], sigma: [0.8, 0.6, 0.7], frequencyCutoff: .linear(2), axis: axis)
        let basis = try KernelBasis(from: input, to: output, configuration: configuration)
        let error = violation(of: basis, axis: axis, samples: input.size * output.size >= 64 ? 2 : 4, rng: &rng)
        #expect(error <= 1e-10, "\(group): \(input) -> \(output), axis \(axis)")
        elements += basis.dimension
      }
    }
    #expect(elements > 0)
  }

  @Test func originIsAConstantIntertwiner() throws {
    let group = Group.dihedral(4)
    let regular = group.regularRepresentation
    let configuration = KernelConfiguration(kernelSize: 5, sigma: 0.7, frequencyCutoff: .linear(3))
    let center = try KernelBasis(from: regular, to: regular, configuration: configuration).evaluate(x: 0, y: 0)
    for element in group.elements {
      for kernel in center {
        let moved = regular.matrix(element) * kernel * regular.matrix(group.inverse(element))
        #expect(moved.maxAbsDifference(to: kernel) < 1e-12)
      }
    }
  }

  @Test(arguments: [Group.cyclic(8), .dihedral(6), .o2, .so2]) func aWrongSignIsCaught(group: Group) throws {
    var rng = SplitMix(2)
    let (input, output) =
      group.hasReflections ? (group.irrep(1, 1), group.irrep(1, 2)) : (group.irrep(1), group.irrep(2))
    let configuration = KernelConfiguration(kernelSize: 5)
    let basis = try KernelBasis(from: input, to: output, configuration: configuration)
    #expect(violation(of: basis, axis: configuration.axis, samples: 20, rng: &rng) <= 1e-10)
    let wrong = violation(of: basis, axis: configuration.axis, samples: 20, rng: &rng) { _, kernel in
      var values = kernel.values
      values[1] = -values[1]
      return Matrix(rows: kernel.rows, columns: kernel.columns, values)
    }
    #expect(wrong > 1e-2)
  }

  @Test func aWrongAxisIsCaught() throws {
    var rng = SplitMix(3)
    let regular = Group.dihedral(3).regularRepresentation
    let configuration = KernelConfiguration(kernelSize: 5, axis: 0.3)
    let basis = try KernelBasis(from: regular, to: regular, configuration: configuration)
    #expect(violation(of: basis, axis: 0.3, samples: 10, rng: &rng) <= 1e-10)
    #expect(violation(of: basis, axis: 0.8, samples: 10, rng: &rng) > 1e-2)
  }

  /// On the grid, the normalized kernels obey the elements that keep it.
  @Test(arguments: [(Group.cyclic(4), 5), (.cyclic(8), 4), (.dihedral(4), 5), (.dihedral(8), 6), (.flip, 5)])
  func sampledKernelsRotateExactly(group: Group, size: Int) throws {
    let regular = group.regularRepresentation
    let basis = SampledKernelBasis.basis(
      from: regular, to: regular, configuration: KernelConfiguration(kernelSize: size))
    var compared = 0
    for element in group.elements {
      let quarters = element.angle(in: group) / (.pi / 2)
      guard abs(quarters - quarters.rounded()) < 1e-9 else { continue }
      let left = regular.matrix(element)
      let right = regular.matrix(group.inverse(element))
      for row in 0..<size {
        for column in 0..<size {
          // Twice the coordinates, to stay with whole numbers; the axis is vertical.
          var (x, y) = (2 * column - (size - 1), (size - 1) - 2 * row)
          if element.isReflected { x = -x }
          for _ in 0..<(Int(quarters.rounded()) % 4 + 4) % 4 { (x, y) = (-y, x) }
          let (here, there) = (row * size + column, ((size - 1) - y) / 2 * size + (x + size - 1) / 2)
          for b in 0..<basis.dimension where b % 7 == 0 {
            let source = kernel(basis, b, here)
            #expect((left * source * right).maxAbsDifference(to: kernel(basis, b, there)) < 1e-12)
            compared += 1
          }
        }
      }
    }
    #expect(compared > 0)
  }

  private func kernel(_ basis: SampledKernelBasis, _ element: Int, _ point: Int) -> Matrix {
    let size = basis.outSize * basis.inSize
    return Matrix(
      rows: basis.outSize, columns: basis.inSize,
      (0..<size).map { basis.values[(element * size + $0) * basis.points + point] })
  }
}
