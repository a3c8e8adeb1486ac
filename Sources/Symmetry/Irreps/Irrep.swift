/// A real irreducible representation of a group.
///
/// Ids are those of the reference: `[k]` for C_N and SO(2), `[j, k]` for D_N and O(2) (j the sign under the reflection,
/// k the frequency of the rotation), `[j]` for the flip group.
///
/// **escnn**: `IrreducibleRepresentation`.
public struct Irrep: Hashable, Sendable {
  /// The type of a real irrep by the algebra that commutes with it.
  public enum Kind: Hashable, Sendable {
    /// Only multiples of the identity commute.
    case real
    /// Rotations of the plane commute.
    case complex
  }

  /// The group that is represented.
  public let group: Group
  /// The id within the group.
  public let id: [Int]
  /// How many times the representation turns during one full turn.
  public let frequency: Int
  /// 1 when the reflection changes a sign, 0 otherwise.
  public let flipFrequency: Int
  /// The dimension, 1 or 2.
  public let size: Int
  /// Whether the irrep is of real or complex type.
  public let kind: Kind

  /// The irrep of a group with an id.
  ///
  /// **Throws**: `SymmetryError.unknownIrrep` when the group has none.
  public init(_ group: Group, id: [Int]) throws(SymmetryError) {
    guard let (flipFrequency, frequency) = Irrep.frequencies(id, in: group) else {
      throw .unknownIrrep(group: group, id: id)
    }
    self.init(group, id: id, flipFrequency: flipFrequency, frequency: frequency)
  }

  init(_ group: Group, id: [Int], flipFrequency: Int, frequency: Int) {
    self.group = group
    self.id = id
    self.frequency = frequency
    self.flipFrequency = flipFrequency
    let isAlternating = group.rotationOrder.map { 2 * frequency == $0 } ?? false
    size = frequency == 0 || isAlternating ? 1 : 2
    kind = size == 2 && !group.hasReflections ? .complex : .real
  }

  /// The irrep with the given frequencies; the caller guarantees that it exists.
  init(_ group: Group, flipFrequency: Int, frequency: Int) {
    let id: [Int] =
      switch group.kind {
      case .cyclic, .so2: [frequency]
      case .dihedral, .o2: [flipFrequency, frequency]
      case .flip: [flipFrequency]
      }
    self.init(
      group, id: id, flipFrequency: group.hasReflections ? flipFrequency : 0,
      frequency: group.kind == .flip ? 0 : frequency)
  }

  /// No kernel on a pixel grid comes near; sums of frequencies stay far from overflow.
  private static let highestFrequency = 1 << 20

  private static func frequencies(_ id: [Int], in group: Group) -> (flip: Int, rotation: Int)? {
    switch group.kind {
    case .cyclic(let order):
      guard id.count == 1, (0...order / 2).contains(id[0]) else { return nil }
      return (0, id[0])
    case .so2:
      guard id.count == 1, (0...highestFrequency).contains(id[0]) else { return nil }
      return (0, id[0])
    case .flip:
      guard id.count == 1, id[0] == 0 || id[0] == 1 else { return nil }
      return (id[0], 0)
    case .dihedral, .o2:
      guard id.count == 2, id[0] == 0 || id[0] == 1, (0...highestFrequency).contains(id[1]) else { return nil }
      if let rotations = group.rotationOrder, id[1] > rotations / 2 { return nil }
      let isOneDimensional = id[1] == 0 || group.rotationOrder == 2 * id[1]
      return isOneDimensional || id[0] == 1 ? (id[0], id[1]) : nil
    }
  }

  static func hint(for group: Group) -> String {
    switch group.kind {
    case .cyclic(let order): "its irreps are irrep(0) to irrep(\(order / 2))"
    case .so2: "its irreps are irrep(k) with k ≥ 0"
    case .flip: "its irreps are irrep(0) and irrep(1)"
    case .o2: "its irreps are irrep(0,0), irrep(1,0) and irrep(1,k) with k ≥ 1"
    case .dihedral(let rotations):
      "its irreps are irrep(0,0), irrep(1,0)"
        + (rotations > 1 ? ", irrep(1,k) with 1 ≤ k ≤ \(rotations / 2)" : "")
        + (rotations % 2 == 0 ? ", irrep(0,\(rotations / 2))" : "")
    }
  }

  /// The name of the reference, such as `irrep_1` or `irrep_1,2`.
  public var name: String { "irrep_" + id.map(String.init).joined(separator: ",") }

  /// Whether every element acts as the identity.
  public var isTrivial: Bool { size == 1 && frequency == 0 && flipFrequency == 0 }

  /// The dimension of the space of commuting matrices: 1 for the real type, 2 for the complex type.
  public var sumOfSquares: Int { kind == .real ? 1 : 2 }

  /// The orthogonal matrix of an element.
  ///
  /// **Traps**: unless it is an element of the group.
  public func matrix(_ element: GroupElement) -> Matrix {
    let (cosine, sine) = turn(element)
    let sign: Double = element.isReflected ? -1 : 1
    if size == 1 {
      return Matrix(rows: 1, columns: 1, [cosine * (flipFrequency == 1 ? sign : 1)])
    }
    return Matrix(rows: 2, columns: 2, [cosine, -sign * sine, sine, sign * cosine])
  }

  /// The trace of the matrix of an element.
  public func character(_ element: GroupElement) -> Double {
    if size == 2 { return element.isReflected ? 0 : 2 * turn(element).cosine }
    return turn(element).cosine * (flipFrequency == 1 && element.isReflected ? -1 : 1)
  }

  /// A basis of the matrices that commute with the irrep: the identity, and for the complex type a quarter turn.
  public var endomorphismBasis: [Matrix] {
    let identity = Matrix.identity(size)
    return kind == .real ? [identity] : [identity, Matrix([[0, -1], [1, 0]])]
  }

  private func turn(_ element: GroupElement) -> (cosine: Double, sine: Double) {
    group.check(element)
    switch element.rotation {
    case .step(let step): return Trigonometry.turn(step * frequency, of: group.rotationOrder ?? 1)
    case .angle(let angle): return Trigonometry.turn(angle * Double(frequency))
    }
  }
}
