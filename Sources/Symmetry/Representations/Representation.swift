/// A finite-dimensional real representation of a group, with its decomposition into irreps.
///
/// ρ(g) = Q · (ψ₁(g) ⊕ ψ₂(g) ⊕ …) · Q⁻¹, where Q is `changeOfBasis` and the ψ are `irreps`. For the representations of
/// this library that are made without a basis of the user's, Q is orthogonal.
///
/// A representation is a reference to shared immutable data: copying and hashing cost next to nothing. Two
/// representations are equal when group, irreps, capabilities and change of basis (within 1e-9) are; the name does
/// not count.
///
/// **escnn**: `Representation`.
public struct Representation: Hashable, Sendable {
  let storage: RepresentationStorage

  init(_ storage: RepresentationStorage) {
    self.storage = storage
  }

  /// The representation with the given irreps in the given basis.
  ///
  /// - Parameters:
  ///   - changeOfBasis: the invertible matrix Q; the identity when absent.
  ///   - capabilities: what the representation supports; `norm` and `gated` when absent and Q is orthogonal.
  ///
  /// **Traps**: when there are no irreps, when they belong to different groups, or when Q has another size or is
  /// singular.
  public init(
    irreps: [Irrep], changeOfBasis: Matrix? = nil, name: String, capabilities: Set<Capability>? = nil
  ) {
    self.init(
      RepresentationStorage(
        irreps: irreps, changeOfBasis: changeOfBasis, name: name, capabilities: capabilities, permutations: nil))
  }

  /// The representation that consists of one irrep, in its own basis.
  public init(_ irrep: Irrep) {
    var capabilities: Set<Capability> = [.norm, .gated]
    if irrep.size == 1 && !irrep.group.isContinuous { capabilities.insert(.concatenated) }
    if irrep.isTrivial { capabilities.formUnion([.pointwise, .gate]) }
    self.init(
      RepresentationStorage(
        irreps: [irrep], changeOfBasis: nil, name: irrep.isTrivial ? "trivial" : irrep.description,
        capabilities: capabilities, permutations: nil))
  }

  /// The group that is represented.
  public var group: Group { storage.group }
  /// The name, in the notation that `Group.representation(_:)` reads unless the user chose another.
  public var name: String { storage.name }
  /// The dimension.
  public var size: Int { storage.changeOfBasis.rows }
  /// The irreps of the decomposition, in order.
  public var irreps: [Irrep] { storage.irreps }
  /// The matrix Q from the basis of the irreps to the basis of the representation.
  public var changeOfBasis: Matrix { storage.changeOfBasis }
  /// The inverse of Q.
  public var changeOfBasisInverse: Matrix { storage.changeOfBasisInverse }
  /// Whether Q is the identity.
  public var hasIdentityBasis: Bool { storage.hasIdentityBasis }
  /// The kinds of layers that the representation supports.
  public var capabilities: Set<Capability> { storage.capabilities }
  /// Whether the representation is one irrep in its own basis.
  public var isIrreducible: Bool { irreps.count == 1 && hasIdentityBasis }
  /// Whether every element acts as the identity.
  public var isTrivial: Bool { irreps.allSatisfy(\.isTrivial) }
  /// Whether some vector is kept by every element.
  public var containsTrivial: Bool { irreps.contains(where: \.isTrivial) }

  /// How often an irrep occurs.
  public func multiplicity(of irrep: Irrep) -> Int {
    irreps.count { $0 == irrep }
  }

  /// The matrix of an element.
  ///
  /// **Complexity**: O(size³) at most; permutations and irreps in their own basis cost O(size²).
  ///
  /// **Traps**: unless it is an element of the group.
  public func matrix(_ element: GroupElement) -> Matrix {
    group.check(element)
    if let permutation = permutation(of: element) { return .permutation(permutation) }
    if hasIdentityBasis { return .blockDiagonal(irreps.map { $0.matrix(element) }) }
    return changeOfBasis.multipliedByBlocks(irreps.map { $0.matrix(element) }) * changeOfBasisInverse
  }

  /// The matrix of an element.
  public func callAsFunction(_ element: GroupElement) -> Matrix {
    matrix(element)
  }

  /// The trace of the matrix of an element.
  public func character(_ element: GroupElement) -> Double {
    irreps.reduce(0) { $0 + $1.character(element) }
  }

  /// Where an element sends each basis vector, when the representation permutes them (`Capability.pointwise`).
  ///
  /// ρ(g) eᵢ = e_{p[i]} for the result p. Nil for representations that are not made of permutations, and for
  /// continuous groups unless the representation is trivial.
  public func permutation(of element: GroupElement) -> [Int]? {
    if let permutations = storage.permutations { return permutations[group.index(of: element)] }
    return isTrivial ? Array(0..<size) : nil
  }

  /// The same representation under another name.
  public func renamed(_ name: String) -> Representation {
    Representation(
      RepresentationStorage(
        irreps: irreps, changeOfBasis: hasIdentityBasis ? nil : changeOfBasis, inverse: changeOfBasisInverse,
        name: name, capabilities: capabilities, permutations: storage.permutations))
  }
}
