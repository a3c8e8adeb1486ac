/// Which subgroup of a group is meant, with the conventions of the reference.
///
/// | written | subgroup |
/// |---|---|
/// | `(None,M)` or `M` | the rotations by multiples of 2π/M, C_M |
/// | `(None,-1)` | all rotations, SO(2) |
/// | `(k,1)` | the identity and the reflection r^k f; its axis is turned by half the angle of r^k |
/// | `(k,M)` | the dihedral group D_M made of r^(N/M) and r^k f |
/// | `(θ,-1)` | O(2) itself with its reflection turned to r(θ) f |
///
/// In O(2) the first number is an angle in radians, in D_N a number of steps of 2π/N.
///
/// **escnn**: the ids of `group.subgroup`.
public struct SubgroupID: Hashable, Sendable {
  /// The rotation that follows the reflection in the reflection that the subgroup keeps.
  public enum Axis: Hashable, Sendable {
    /// A number of steps of 2π/N, in D_N.
    case step(Int)
    /// An angle in radians, in O(2).
    case angle(Double)
  }

  /// The reflection that the subgroup contains, nil when it has only rotations.
  public let axis: Axis?
  /// The number of rotations in the subgroup; nil for all of a continuous group.
  public let rotationOrder: Int?

  /// The subgroup with the given reflection and number of rotations.
  public init(axis: Axis?, rotationOrder: Int?) {
    self.axis = axis
    self.rotationOrder = rotationOrder
  }

  /// The rotations by multiples of 2π/`order`.
  public static func rotations(_ order: Int) -> SubgroupID {
    SubgroupID(axis: nil, rotationOrder: order)
  }

  /// All rotations of a continuous group.
  public static let rotationsAll = SubgroupID(axis: nil, rotationOrder: nil)

  /// The identity and the reflection r^k f of D_N.
  public static func reflection(_ k: Int) -> SubgroupID {
    SubgroupID(axis: .step(k), rotationOrder: 1)
  }

  /// The identity and the reflection r(angle) f of O(2).
  public static func reflection(angle: Double) -> SubgroupID {
    SubgroupID(axis: .angle(angle), rotationOrder: 1)
  }

  /// The dihedral subgroup D_M of D_N that contains the reflection r^axis f.
  public static func dihedral(axis: Int, _ rotations: Int) -> SubgroupID {
    SubgroupID(axis: .step(axis), rotationOrder: rotations)
  }

  /// The dihedral subgroup D_M of O(2) that contains the reflection r(angle) f.
  public static func dihedral(angle: Double, _ rotations: Int) -> SubgroupID {
    SubgroupID(axis: .angle(angle), rotationOrder: rotations)
  }

  /// O(2) within itself, with the reflection f sent to r(angle) f.
  public static func turned(angle: Double) -> SubgroupID {
    SubgroupID(axis: .angle(angle), rotationOrder: nil)
  }
}
