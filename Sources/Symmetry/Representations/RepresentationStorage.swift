/// The shared immutable data of a representation.
final class RepresentationStorage: Sendable {
  let group: Group
  let name: String
  let irreps: [Irrep]
  let changeOfBasis: Matrix
  let changeOfBasisInverse: Matrix
  let hasIdentityBasis: Bool
  let capabilities: Set<Capability>
  /// For each element of a finite group, where each basis vector goes; nil unless known to be permutations.
  let permutations: [[Int]]?
  let hash: Int

  init(
    irreps: [Irrep], changeOfBasis: Matrix?, inverse: Matrix? = nil, name: String,
    capabilities: Set<Capability>? = nil, permutations: [[Int]]? = nil
  ) {
    precondition(!irreps.isEmpty, "Representation \(name): needs at least one irrep")
    let size = irreps.reduce(0) { $0 + $1.size }
    let group = irreps[0].group
    precondition(
      irreps.allSatisfy { $0.group == group }, "Representation \(name): irreps of \(Set(irreps.map(\.group.name)))")
    self.group = group
    self.irreps = irreps
    self.name = name
    self.permutations = permutations
    let basis = changeOfBasis ?? .identity(size)
    precondition(
      basis.rows == size && basis.columns == size,
      "Representation \(name): the change of basis is \(basis.rows) x \(basis.columns), the irreps add up to \(size)")
    self.changeOfBasis = basis
    hasIdentityBasis = changeOfBasis == nil || basis == .identity(size)
    var isOrthogonal = true
    if hasIdentityBasis {
      changeOfBasisInverse = basis
    } else if let inverse {
      changeOfBasisInverse = inverse
      isOrthogonal = capabilities != nil || basis.isOrthogonal()
    } else if basis.isOrthogonal(tolerance: 1e-12) {
      changeOfBasisInverse = basis.transposed
    } else if let inverse = basis.inverse {
      changeOfBasisInverse = inverse
      isOrthogonal = false
    } else {
      preconditionFailure("Representation \(name): the change of basis is singular: \(basis.values)")
    }
    self.capabilities = capabilities ?? (isOrthogonal ? [.norm, .gated] : [])
    var hasher = Hasher()
    hasher.combine(group)
    for irrep in irreps { hasher.combine(irrep.id) }
    hash = hasher.finalize()
  }
}

extension Matrix {
  /// The product with the block-diagonal matrix of the given square blocks.
  func multipliedByBlocks(_ blocks: [Matrix]) -> Matrix {
    var result = self
    var start = 0
    for block in blocks {
      if block.rows == 1 {
        let scale = block.values[0]
        if scale != 1 { for i in 0..<rows { result[i, start] *= scale } }
      } else {
        for i in 0..<rows {
          for j in 0..<block.columns {
            var sum = 0.0
            for k in 0..<block.rows { sum += self[i, start + k] * block[k, j] }
            result[i, start + j] = sum
          }
        }
      }
      start += block.rows
    }
    return result
  }
}
