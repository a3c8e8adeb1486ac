internal import Foundation
public import EquivariantLayers
public import Symmetry

extension GSpace {
  /// How the elasticity tensor of a plane material changes when the material is rotated or reflected.
  ///
  /// The six numbers are Q₀₀, Q₀₁, Q₀₂, Q₁₁, Q₁₂, Q₂₂ of the symmetric 3×3 matrix that takes engineering strains
  /// (ε₀, ε₁, γ) to stresses (σ₀, σ₁, τ); direction 0 runs along the rows of the image (downwards), direction 1 along its
  /// columns. As a tensor of fourth order, Q consists of two invariants, one pair of frequency 2 and one of frequency 4:
  ///
  ///     8 T₀ = Q₀₀ + Q₁₁ − 2Q₀₁ + 4Q₂₂          8 R₀ e^{4iΦ₀} = Q₀₀ + Q₁₁ − 2Q₀₁ − 4Q₂₂ + 4i(Q₀₂ − Q₁₂)
  ///     8 T₁ = Q₀₀ + Q₁₁ + 2Q₀₁                 8 R₁ e^{2iΦ₁} = Q₀₀ − Q₁₁ + 2i(Q₀₂ + Q₁₂)
  ///
  /// The inverse of these equations is the change of basis, and restriction does the rest: under D4 the pairs fall apart
  /// into irreps of size 1, of which Q has six (the trivial one three times).
  ///
  /// **Symmetry**: orthogonal with respect to the norm of the tensor, Q₀₀² + 2Q₀₁² + 4Q₀₂² + Q₁₁² + 4Q₁₂² + 4Q₂₂². The
  /// symmetries of the pixel grid act on the six numbers by permutations with signs, which are orthogonal matrices.
  ///
  /// **Reference**: Verchery (1979), "Les invariants des tenseurs d'ordre 4 du type de l'élasticité".
  public var elasticity: Representation {
    let plane: Group = group.hasReflections ? .o2 : .so2
    func irrep(_ frequency: Int) -> Irrep {
      do {
        return try Irrep(plane, id: group.hasReflections ? [frequency == 0 ? 0 : 1, frequency] : [frequency])
      } catch {
        // Both groups have irreps of every frequency.
        preconditionFailure("\(error)")
      }
    }
    let whole = Representation(
      irreps: [irrep(0), irrep(0), irrep(2), irrep(4)],
      changeOfBasis: Self.elasticityBasis
        * .blockDiagonal(
          [Matrix.identity(2), Self.rotation(2 * axis), Self.rotation(4 * axis)]), name: "elasticity")
    let id: SubgroupID? =
      switch (group.rotationOrder, group.hasReflections) {
      case (let order?, true): .dihedral(angle: 0, order)
      case (let order?, false): .rotations(order)
      case (nil, _): nil
      }
    guard let id else { return whole }
    do {
      let restricted = try whole.restricted(to: id)
      if restricted.group == group { return restricted.renamed("elasticity") }
      // A single reflection is the group Flip or D1, which have different names for the same elements.
      return try .decomposing(group: group, name: "elasticity") { element in
        restricted.matrix(restricted.group.elements[element.isReflected ? 1 : 0])
      }
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// From T₀, T₁ and the real and imaginary parts of both pairs, which refer to x right and y up, to the six numbers.
  private static var elasticityBasis: Matrix {
    // Direction 0 is that of y and direction 1 that of x, but for signs that cancel in a tensor of even order. The
    // exchange of x and y conjugates frequency 4, and conjugates frequency 2 and changes its sign.
    let exchange: [Double] = [1, 1, -1, 1, 1, -1]
    let polar: [[Double]] = [
      [1, 2, 4, 0, 1, 0],
      [-1, 2, 0, 0, -1, 0],
      [0, 0, 0, 2, 0, 1],
      [1, 2, -4, 0, 1, 0],
      [0, 0, 0, 2, 0, -1],
      [1, 0, 0, 0, -1, 0],
    ]
    return Matrix(rows: 6, columns: 6, polar.flatMap { row in zip(row, exchange).map { $0 * $1 } })
  }

  private static func rotation(_ angle: Double) -> Matrix {
    Matrix(rows: 2, columns: 2, [cos(angle), -sin(angle), sin(angle), cos(angle)])
  }
}
