/// Functions on a group, or on the cosets of a subgroup, that are sums of the matrix entries of some irreps.
///
/// A function is given by its coefficients x̂, which transform by `representation`, a direct sum of irreps in their own
/// bases. Its value at the element g is ⟨ρ(g) δ, x̂⟩, where `delta` δ is kept by the subgroup, so that moving the
/// function moves its values: (h · f)(g) = f(h⁻¹ g).
///
/// **Reference**: Cesa, Lang, Weiler (2022), appendix on Fourier nonlinearities.
///
/// **escnn**: `spectral_regular_representation` and `spectral_quotient_representation` with the kernels of
/// `FourierPointwise` and `QuotientFourierPointwise`.
public struct BandLimitedFunctions: Hashable, Sendable {
  /// The group.
  public let group: Group
  /// The subgroup whose cosets the functions live on, nil for functions on the group.
  public let subgroup: SubgroupID?
  /// The irreps that occur, each once, in order; those without functions are left out.
  public let irreps: [Irrep]
  /// How the coefficients transform.
  public let representation: Representation
  /// The vector δ.
  ///
  /// It is √d for the first coordinates of an irrep of size d on the group, and a unit vector for each copy of an
  /// irrep on cosets, as in escnn.
  public let delta: [Double]

  /// Functions on a group, with d/s copies of each irrep, where s is 2 for the complex type.
  ///
  /// **Throws**: when there are no irreps, one occurs twice, or one belongs to another group.
  public init(_ group: Group, irreps: [Irrep]) throws(SymmetryError) {
    try self.init(
      group, subgroup: nil, irreps: irreps,
      invariants: irreps.map { irrep in
        let copies = irrep.size / irrep.sumOfSquares
        let scale = Double(irrep.size).squareRoot()
        return (0..<copies).map { copy in (0..<irrep.size).map { $0 == copy ? scale : 0 } }
      }, name: "spectral(\(Self.notation(irreps)))")
  }

  /// Functions on the cosets of a subgroup, with one copy of an irrep for each vector that the subgroup keeps (for each
  /// pair of them where the type is complex).
  ///
  /// **Throws**: as above, when there is no such subgroup, or when no irrep has functions on the cosets.
  public init(_ group: Group, subgroup id: SubgroupID, irreps: [Irrep]) throws(SymmetryError) {
    let subgroup = try group.subgroup(id)
    var invariants: [[[Double]]] = []
    for irrep in irreps {
      let (children, basis) = try irrep.restricted(to: subgroup)
      var kept: [[Double]] = []
      var column = 0
      for child in children {
        if child.isTrivial { kept.append(basis.column(column)) }
        column += child.size
      }
      invariants.append(Array(kept.prefix((kept.count + irrep.sumOfSquares - 1) / irrep.sumOfSquares)))
    }
    let text = group.text(of: subgroup.id, inParentheses: true)
    try self.init(
      group, subgroup: subgroup.id, irreps: irreps, invariants: invariants,
      name: "spectralQuotient(\(text),\(Self.notation(irreps)))")
  }

  private init(
    _ group: Group, subgroup: SubgroupID?, irreps: [Irrep], invariants: [[[Double]]], name: String
  ) throws(SymmetryError) {
    for irrep in irreps where irrep.group != group {
      throw .wrongGroup(expected: group, found: irrep.group)
    }
    guard Set(irreps).count == irreps.count else {
      throw .notARepresentation(group: group, reason: "an irrep occurs twice in \(name)")
    }
    let copies = zip(irreps, invariants).flatMap { irrep, vectors in vectors.map { _ in irrep } }
    guard !copies.isEmpty else {
      throw .notARepresentation(group: group, reason: "\(name) holds no function")
    }
    self.group = group
    self.subgroup = subgroup
    self.irreps = zip(irreps, invariants).filter { !$1.isEmpty }.map(\.0)
    representation =
      copies.count == 1 && copies[0].isTrivial
      ? group.trivialRepresentation : Representation(irreps: copies, name: name)
    delta = invariants.flatMap { $0.flatMap { $0 } }
  }

  private static func notation(_ irreps: [Irrep]) -> String {
    Representation.notation(for: irreps.map { Representation($0) })
  }

  /// The matrix that takes coefficients to values at elements: row g is (ρ(g) δ)ᵀ.
  ///
  /// - Parameter normalized: whether δ is scaled to length 1.
  ///
  /// **Shapes**: `elements.count` × `representation.size`.
  ///
  /// **Traps**: when an element belongs to another group.
  public func sampling(at elements: [GroupElement], normalized: Bool = false) -> Matrix {
    let length = delta.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let vector = normalized ? delta.map { $0 / length } : delta
    return Matrix(elements.map { representation.matrix($0) * vector })
  }
}
