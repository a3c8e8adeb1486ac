extension Representation {
  /// The tensor product, decomposed with Clebsch-Gordan matrices.
  ///
  /// The matrix of an element is the Kronecker product of the two matrices: coordinate (i, j) is at
  /// i · `other.size` + j. Irreps are ordered by the pairs of factors. Capabilities: those of `pointwise`, `norm`, `gated`, `gate` and
  /// `concatenated` that both have.
  ///
  /// **Traps**: when the groups differ.
  ///
  /// **escnn**: `tensor`.
  public func tensor(_ other: Representation) -> Representation {
    precondition(group == other.group, "Representation: \(self) ⊗ \(other) of different groups")
    let total = size * other.size
    var irreps: [Irrep] = []
    var pairing = Matrix.zeros(total, total)
    var column = 0
    var start = 0
    for first in self.irreps {
      var otherStart = 0
      for second in other.irreps {
        let product = ClebschGordan(first, second)
        irreps += product.irreps
        for i in 0..<first.size {
          let rows = product.changeOfBasis.submatrix(
            rows: i * second.size..<(i + 1) * second.size, columns: 0..<product.changeOfBasis.columns)
          pairing.setBlock((start + i) * other.size + otherStart, column, rows)
        }
        column += first.size * second.size
        otherStart += second.size
      }
      start += first.size
    }
    let capabilities = self.capabilities.intersection(other.capabilities)
      .intersection([.pointwise, .norm, .gated, .gate, .concatenated])
    return Representation(
      RepresentationStorage(
        irreps: irreps, changeOfBasis: changeOfBasis.kron(other.changeOfBasis) * pairing,
        inverse: pairing.transposed * changeOfBasisInverse.kron(other.changeOfBasisInverse),
        name: "tensor(\(name),\(other.name))", capabilities: capabilities, permutations: tensorPermutations(other)))
  }

  private func tensorPermutations(_ other: Representation) -> [[Int]]? {
    guard storage.permutations != nil || other.storage.permutations != nil else { return nil }
    var result: [[Int]] = []
    for element in group.elements {
      guard let first = permutation(of: element), let second = other.permutation(of: element) else { return nil }
      result.append(first.flatMap { image in second.map { image * other.size + $0 } })
    }
    return result
  }
}
