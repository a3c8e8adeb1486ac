extension Representation {
  /// The permutation of (x₁, −x₁, x₂, −x₂, …) that this signed permutation of (x₁, x₂, …) causes.
  ///
  /// Where the matrix has an entry 1 the result has the 2 × 2 identity, and the exchange of two coordinates where it
  /// has −1, so any function of one variable may act on the doubled field. It is called `concatenated(…)`.
  ///
  /// **Throws**: when the group is continuous or some matrix is no signed permutation.
  ///
  /// **Complexity**: decomposed once per process and representation, O(order · size³).
  ///
  /// **Reference**: Shang, Sohn, Almeida, Lee (2016).
  ///
  /// **escnn**: the output of `ConcatenatedNonLinearity`, whose change of basis comes from a numerical search.
  public func concatenated() throws(SymmetryError) -> Representation {
    guard !group.isContinuous else {
      throw .needsFiniteGroup(group: group, request: "the concatenated representation of \(name)")
    }
    let key = ConcatenationKey(representation: self, name: name)
    return try Representation.concatenations.value(for: key) { () throws(SymmetryError) -> Representation in
      try Representation.decomposing(group: group, name: "concatenated(\(name))") { element throws(SymmetryError) in
        try doubled(matrix(element))
      }
    }
  }

  private func doubled(_ matrix: Matrix) throws(SymmetryError) -> Matrix {
    var result = Matrix.zeros(2 * size, 2 * size)
    for row in 0..<size {
      let entries = (0..<size).filter { abs(matrix[row, $0]) > 1e-9 }
      guard entries.count == 1, abs(abs(matrix[row, entries[0]]) - 1) <= 1e-9 else {
        throw .notARepresentation(group: group, reason: "\(name) has a matrix that is no signed permutation")
      }
      let exchanges = matrix[row, entries[0]] < 0
      for sign in 0..<2 { result[2 * row + sign, 2 * entries[0] + (exchanges ? 1 - sign : sign)] = 1 }
    }
    return result
  }

  private struct ConcatenationKey: Hashable, Sendable {
    let representation: Representation
    let name: String
  }

  private static let concatenations = Cache<ConcatenationKey, Representation>()
}
