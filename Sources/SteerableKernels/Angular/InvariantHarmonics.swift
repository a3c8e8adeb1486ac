import Foundation
import Symmetry

/// The angular solutions between two irreps for any orthogonal action of the group on the plane.
///
/// On the harmonics of one frequency, kernels A cos kθ + B sin kθ are vectors of at most eight numbers on which the group
/// acts by orthogonal matrices. The solutions are the vectors that the generators leave alone: the eigenvectors with
/// eigenvalue zero of the sum of (1 - g)ᵀ(1 - g).
struct InvariantHarmonics {
  private let input: Irrep
  private let output: Irrep
  private let action: Representation

  init(from input: Irrep, to output: Irrep, action: Representation) {
    (self.input, self.output, self.action) = (input, output, action)
  }

  /// Elements whose powers and products are all of the group, or dense in it: a turn by 1 radian never closes.
  private var generators: [GroupElement] {
    let group = input.group
    let rotation =
      group.isContinuous ? group.element(angle: 1) : group.element(rotation: 1 % (group.rotationOrder ?? 1))
    return [rotation] + [group.reflection].compactMap { $0 }
  }

  /// The solutions of all frequencies up to a bound, ascending.
  func solutions(maximumFrequency: Int) -> [AngularSolution] {
    let entries = input.size * output.size
    return (0...maximumFrequency).flatMap { frequency in
      fixedVectors(frequency).map { vector in
        var (cosine, sine) = (SIMD4<Double>(), SIMD4<Double>())
        for index in 0..<entries {
          cosine[index] = vector[index]
          if frequency > 0 { sine[index] = vector[entries + index] }
        }
        return AngularSolution(
          frequency: frequency, rows: output.size, columns: input.size, cosine: cosine, sine: sine)
      }
    }
  }

  /// An orthonormal basis of the kernels of one frequency that every generator keeps.
  private func fixedVectors(_ frequency: Int) -> [[Double]] {
    let entries = input.size * output.size
    let size = frequency == 0 ? entries : 2 * entries
    var defect = Matrix.zeros(size, size)
    for element in generators {
      let difference = Matrix.identity(size) - matrix(of: element, frequency)
      defect = defect + difference.transposed * difference
    }
    return NullSpace.basis(of: defect)
  }

  /// How an element acts on the coefficients: (gK)(x) = ρ_out(g) K(g⁻¹ x) ρ_in(g)⁻¹.
  private func matrix(of element: GroupElement, _ frequency: Int) -> Matrix {
    // Row-major entries of out · K · inᵀ are (out ⊗ in) applied to those of K.
    let fibers = output.matrix(element).kron(input.matrix(element))
    guard frequency > 0 else { return fibers }
    let plane = action.matrix(element)
    let isReflected = plane[0, 0] * plane[1, 1] - plane[0, 1] * plane[1, 0] < 0
    let angle = Double(frequency) * atan2(plane[1, 0], plane[0, 0])
    let (c, s) = (cos(angle), sin(angle))
    // g⁻¹ takes θ to θ - angle, and a reflection to angle - θ.
    return (isReflected ? Matrix([[c, s], [s, -c]]) : Matrix([[c, -s], [s, c]])).kron(fibers)
  }
}
