/// The decomposition of the tensor product of two irreps.
///
/// left(g) ⊗ right(g) = C · (⊕ `irreps`)(g) · Cᵀ with the orthogonal matrix C = `changeOfBasis`, whose rows are
/// ordered as (index of left, index of right). Irreps come in the order of the group, each as often as it occurs.
///
/// The basis is fixed by a rule, so it is the same on every machine: of each irrep the first column of each copy is the
/// projection of the first basis vector with the largest projection that is left, taken with its positive sign.
///
/// **escnn**: `_clebsh_gordan_coeff`, whose signs depend on the solver for groups with reflections.
public struct ClebschGordan: Hashable, Sendable {
  /// The first factor.
  public let left: Irrep
  /// The second factor.
  public let right: Irrep
  /// The irreps in the product.
  public let irreps: [Irrep]
  /// The orthogonal matrix C.
  public let changeOfBasis: Matrix

  /// The decomposition for two irreps of one group; computed once per process.
  ///
  /// **Traps**: when the irreps belong to different groups.
  public init(_ left: Irrep, _ right: Irrep) {
    precondition(left.group == right.group, "ClebschGordan: irreps of \(left.group) and \(right.group)")
    self = ClebschGordan.cache.value(for: [left, right]) { ClebschGordan(computing: left, right) }
  }

  private init(computing left: Irrep, _ right: Irrep) {
    self.left = left
    self.right = right
    do {
      let decomposition = try Decomposition(
        group: left.group, size: left.size * right.size, maximumFrequency: left.frequency + right.frequency
      ) { left.matrix($0).kron(right.matrix($0)) }
      irreps = decomposition.irreps
      changeOfBasis = decomposition.changeOfBasis
    } catch {
      fatalError("ClebschGordan of \(left) and \(right): \(error)")
    }
  }

  /// The part of the basis that belongs to one irrep: a `left.size * right.size` x (copies · size) matrix.
  public func coefficients(of irrep: Irrep) -> Matrix {
    var columns: [Int] = []
    var start = 0
    for candidate in irreps {
      if candidate == irrep { columns += start..<start + candidate.size }
      start += candidate.size
    }
    return changeOfBasis.submatrix(rows: 0..<changeOfBasis.rows, columns: columns)
  }

  private static let cache = Cache<[Irrep], ClebschGordan>()
}
