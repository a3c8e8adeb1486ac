/// A group of rotations and reflections of the plane.
///
/// Groups are small values: two groups of the same kind are equal, and everything expensive that belongs to a group
/// (its regular representation, Clebsch-Gordan matrices) is computed once per process.
///
/// **escnn**: `cyclic_group`, `dihedral_group`, `so2_group`, `o2_group`; the flip group is `cyclic_group(2)` there.
public struct Group: Hashable, Sendable {
  /// The kinds of groups.
  public enum Kind: Hashable, Sendable {
    /// Rotations by multiples of 2π/N.
    case cyclic(Int)
    /// Rotations by multiples of 2π/N, and reflections.
    case dihedral(Int)
    /// All rotations.
    case so2
    /// All rotations and reflections.
    case o2
    /// One reflection.
    case flip
  }

  /// Which group this is.
  public let kind: Kind

  /// The group of rotations by multiples of 2π/`order`.
  public static func cyclic(_ order: Int) -> Group {
    precondition(order >= 1, "Group: cyclic(\(order)) needs an order of at least 1")
    return Group(kind: .cyclic(order))
  }

  /// The group of rotations by multiples of 2π/`rotations` and of reflections; it has 2 · `rotations` elements.
  public static func dihedral(_ rotations: Int) -> Group {
    precondition(rotations >= 1, "Group: dihedral(\(rotations)) needs a number of rotations of at least 1")
    return Group(kind: .dihedral(rotations))
  }

  /// The group of one element, C1.
  public static let trivial = Group(kind: .cyclic(1))
  /// The group of all rotations of the plane.
  public static let so2 = Group(kind: .so2)
  /// The group of all rotations and reflections of the plane.
  public static let o2 = Group(kind: .o2)
  /// The group of the identity and one reflection.
  public static let flip = Group(kind: .flip)

  private init(kind: Kind) {
    self.kind = kind
  }

  /// Reads a group name: `C8`, `D4`, `SO2`, `O2`, `Flip` (also `SO(2)`, `O(2)`, `Trivial`).
  ///
  /// **Throws**: `SymmetryError.unknownGroup` for any other text.
  public init(_ name: String) throws(SymmetryError) {
    switch name {
    case "SO2", "SO(2)": self = .so2
    case "O2", "O(2)": self = .o2
    case "Flip": self = .flip
    case "Trivial": self = .trivial
    default:
      let digits = name.dropFirst()
      guard digits.allSatisfy({ "0123456789".contains($0) }), let order = Int(digits), order >= 1 else {
        throw .unknownGroup(name: name)
      }
      switch name.first {
      case "C": self = .cyclic(order)
      case "D": self = .dihedral(order)
      default: throw .unknownGroup(name: name)
      }
    }
  }

  /// The name that `init(_:)` reads: `C8`, `D4`, `SO2`, `O2`, `Flip`.
  public var name: String {
    switch kind {
    case .cyclic(let order): "C\(order)"
    case .dihedral(let rotations): "D\(rotations)"
    case .so2: "SO2"
    case .o2: "O2"
    case .flip: "Flip"
    }
  }

  /// Whether the group has infinitely many elements.
  public var isContinuous: Bool { order == nil }

  /// Whether all elements commute.
  public var isAbelian: Bool {
    switch kind {
    case .cyclic, .so2, .flip: true
    case .dihedral(let rotations): rotations <= 2
    case .o2: false
    }
  }

  /// The number of elements, nil for a continuous group.
  public var order: Int? {
    switch kind {
    case .cyclic(let order): order
    case .dihedral(let rotations): 2 * rotations
    case .flip: 2
    case .so2, .o2: nil
    }
  }

  /// The number of rotations in the group, nil for a continuous group.
  public var rotationOrder: Int? {
    switch kind {
    case .cyclic(let order): order
    case .dihedral(let rotations): rotations
    case .flip: 1
    case .so2, .o2: nil
    }
  }

  /// Whether the group contains reflections.
  public var hasReflections: Bool {
    switch kind {
    case .cyclic, .so2: false
    case .dihedral, .o2, .flip: true
    }
  }
}
