/// An element of a group of rotations and reflections of the plane.
///
/// The element first reflects (when `isReflected`), then rotates: r^rotation · f.
/// What the reflection does to the plane depends on the axis that a space chooses; the group only knows the element.
///
/// **escnn**: the values `r` of C_N, `(f, r)` of D_N, and the angles of SO(2) and O(2).
public struct GroupElement: Hashable, Sendable {
  /// The rotation part of an element.
  public enum Rotation: Hashable, Sendable {
    /// A number of steps of 2π/N, in a finite group.
    case step(Int)
    /// An angle in radians, counter-clockwise, in a continuous group.
    case angle(Double)
  }

  /// Whether the element contains the reflection.
  public let isReflected: Bool
  /// The rotation, applied after the reflection.
  public let rotation: Rotation

  init(_ rotation: Rotation, isReflected: Bool) {
    self.rotation = rotation
    self.isReflected = isReflected
  }

  /// The number of steps in a finite group, nil in a continuous one.
  public var step: Int? {
    if case .step(let step) = rotation { step } else { nil }
  }

  /// The angle of the rotation in radians.
  ///
  /// **Units**: radians, in [0, 2π).
  public func angle(in group: Group) -> Double {
    switch rotation {
    case .angle(let angle): angle
    case .step(let step): 2 * Double.pi * Double(step) / Double(group.rotationOrder ?? 1)
    }
  }
}
