extension Representation {
  /// The direct sum: the fields one after the other.
  ///
  /// Capabilities are those that all summands have. Without a name it is called `sum(…)`.
  ///
  /// **Traps**: for an empty list and for representations of different groups.
  public static func directSum(_ summands: [Representation], name: String? = nil) -> Representation {
    precondition(!summands.isEmpty, "Representation: a direct sum needs at least one summand")
    let group = summands[0].group
    precondition(
      summands.allSatisfy { $0.group == group },
      "Representation: a direct sum of representations of \(Set(summands.map(\.group.name)).sorted())")
    if summands.count == 1 && name == nil { return summands[0] }
    let capabilities = summands.dropFirst().reduce(summands[0].capabilities) { $0.intersection($1.capabilities) }
      .subtracting([.vectorField])
    let hasIdentityBasis = summands.allSatisfy(\.hasIdentityBasis)
    return Representation(
      RepresentationStorage(
        irreps: summands.flatMap(\.irreps),
        changeOfBasis: hasIdentityBasis ? nil : .blockDiagonal(summands.map(\.changeOfBasis)),
        inverse: hasIdentityBasis ? nil : .blockDiagonal(summands.map(\.changeOfBasisInverse)),
        name: name ?? "sum(" + Representation.notation(for: summands) + ")",
        capabilities: capabilities,
        permutations: combinedPermutations(summands)))
  }

  /// The direct sum of two representations.
  public static func + (left: Representation, right: Representation) -> Representation {
    directSum([left, right])
  }

  /// A number of copies, as a list of fields.
  public static func * (count: Int, representation: Representation) -> [Representation] {
    precondition(count >= 0, "Representation: \(count) copies of \(representation)")
    return [Representation](repeating: representation, count: count)
  }

  /// The representation in another basis: `matrix` · ρ(g) · `matrix`⁻¹.
  ///
  /// - Parameter capabilities: what the result supports; `norm` and `gated` when absent and the basis is orthogonal.
  ///
  /// **Traps**: unless `matrix` is square, invertible and of the right size.
  public func changingBasis(
    by matrix: Matrix, name: String, capabilities: Set<Capability>? = nil
  ) -> Representation {
    precondition(
      matrix.rows == size && matrix.columns == size,
      "Representation: a \(matrix.rows) x \(matrix.columns) basis for \(self) of size \(size)")
    return Representation(
      irreps: irreps, changeOfBasis: matrix * changeOfBasis, name: name, capabilities: capabilities)
  }

  private static func combinedPermutations(_ summands: [Representation]) -> [[Int]]? {
    guard let order = summands[0].group.order else { return nil }
    guard summands.allSatisfy({ $0.storage.permutations != nil || $0.isTrivial }) else { return nil }
    if summands.allSatisfy(\.isTrivial) { return nil }
    return (0..<order).map { element in
      var result: [Int] = []
      for summand in summands {
        let start = result.count
        let images = summand.storage.permutations?[element] ?? Array(0..<summand.size)
        result.append(contentsOf: images.map { start + $0 })
      }
      return result
    }
  }
}
