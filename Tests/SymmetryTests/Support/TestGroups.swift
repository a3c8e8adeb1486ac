import Symmetry
import TestSupport

/// Groups that the laws are tested for.
enum TestGroups {
  /// Every finite group up to D12 and C16.
  static let finite: [Group] =
    (1...16).map { Group.cyclic($0) } + (1...12).map { Group.dihedral($0) } + [.flip]
  /// A few finite groups of each sort, for slower tests.
  static let small: [Group] = [
    .trivial, .flip, .cyclic(2), .cyclic(3), .cyclic(4), .cyclic(6), .cyclic(8), .dihedral(1), .dihedral(2),
    .dihedral(3), .dihedral(4), .dihedral(6),
  ]
  /// The continuous groups.
  static let continuous: [Group] = [.so2, .o2]
}

extension SplitMix {
  /// A matrix with entries between -1 and 1.
  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in Double.random(in: -1...1, using: &self) })
  }

  /// An orthogonal matrix, from a QR decomposition by Gram-Schmidt.
  mutating func orthogonal(_ size: Int) -> Matrix {
    var columns: [[Double]] = []
    while columns.count < size {
      var vector = matrix(size, 1).values
      for _ in 0..<2 {
        for column in columns {
          let overlap = zip(column, vector).reduce(0) { $0 + $1.0 * $1.1 }
          for i in 0..<size { vector[i] -= overlap * column[i] }
        }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 0.05 { columns.append(vector.map { $0 / norm }) }
    }
    return Matrix(columns).transposed
  }
}

/// How far the matrices are from respecting products and inverses, over the given pairs.
func homomorphismError(_ representation: Representation, _ pairs: [(GroupElement, GroupElement)]) -> Double {
  let group = representation.group
  return pairs.reduce(0) { worst, pair in
    let product = representation.matrix(pair.0) * representation.matrix(pair.1)
    return max(worst, product.maxAbsDifference(to: representation.matrix(group.product(pair.0, pair.1))))
  }
}

/// All pairs of a finite group, or 200 random pairs of a continuous one.
func testPairs(_ group: Group) -> [(GroupElement, GroupElement)] {
  if !group.isContinuous {
    let elements = group.elements
    return elements.flatMap { a in elements.map { (a, $0) } }
  }
  var rng = SplitMix(7)
  return (0..<200).map { _ in (group.randomElement(using: &rng), group.randomElement(using: &rng)) }
}

/// Q · (⊕ irreps)(g) · Q⁻¹, computed with nothing but the stored parts.
func rebuilt(_ representation: Representation, _ element: GroupElement) -> Matrix {
  representation.changeOfBasis * .blockDiagonal(representation.irreps.map { $0.matrix(element) })
    * representation.changeOfBasisInverse
}
