import Foundation
public import Symmetry

/// A plane together with a group of rotations and reflections that acts on it about the image center.
///
/// Rotations are counter-clockwise as seen on the picture: `x` grows to the right (tensor axis `W`), `y` grows
/// upwards
/// (against tensor axis `H`). The reflection `f` of a group mirrors across the line at angle `axis`; with the
/// default of π/2 it swaps left and right. An element that is reflected mirrors first and rotates after.
///
/// **Symmetry**: multiples of 90° and reflections across horizontal, vertical, and diagonal lines map the pixel grid
/// to
/// itself and are exact; all other elements act by resampling.
///
/// **Units**: radians.
///
/// **escnn**: `rot2dOnR2`, `flipRot2dOnR2`, `flip2dOnR2`, `trivialOnR2`. Spaces with different axes are
/// different here (they compare equal in e2cnn).
public struct GSpace: Sendable {
  /// The group that acts on the plane and on the fibers.
  public let group: Group

  /// The angle of the mirror line of the group's reflection, in `0 ..< 2π`; zero for groups without reflections.
  public let axis: Double

  /// Creates the space of a group of the plane.
  ///
  /// - Parameters:
  ///   - group: Any group of `Symmetry`.
  ///   - axis: The angle of the mirror line, ignored without reflections.
  public init(_ group: Group, axis: Double = .pi / 2) {
    self.group = group
    if group.hasReflections {
      let reduced = axis.truncatingRemainder(dividingBy: 2 * .pi)
      let positive = reduced < 0 ? reduced + 2 * .pi : reduced
      self.axis = abs(positive - 2 * .pi) < 1e-12 ? 0 : positive
    } else {
      self.axis = 0
    }
  }

  /// Reads the name of a group: `C1`, `C8`, `D4`, `SO2`, `O2`, `Flip`.
  ///
  /// **Throws**: `SymmetryError` for any other text.
  public init(_ groupName: String, axis: Double = .pi / 2) throws(SymmetryError) {
    self.init(try Group(groupName), axis: axis)
  }

  /// The plane with the `N` rotations by multiples of 2π/N.
  public static func rotations(_ order: Int) -> GSpace { GSpace(.cyclic(order)) }

  /// The plane with `N` rotations and `N` reflections.
  public static func dihedral(_ order: Int, axis: Double = .pi / 2) -> GSpace { GSpace(.dihedral(order), axis: axis) }

  /// The plane with one reflection across the line at angle `axis`.
  public static func flips(axis: Double = .pi / 2) -> GSpace { GSpace(.flip, axis: axis) }

  /// The plane with all rotations and all reflections, where the reflection `f` mirrors across the line at `axis`.
  public static func o2(axis: Double) -> GSpace { GSpace(.o2, axis: axis) }

  /// The plane with all rotations.
  public static var so2: GSpace { GSpace(.so2) }

  /// The plane with all rotations and all reflections; the reflection `f` swaps left and right.
  public static var o2: GSpace { GSpace(.o2) }

  /// The plane with no symmetry but translations.
  public static var trivial: GSpace { GSpace(.cyclic(1)) }

  /// The element at a position of `group.elements`.
  ///
  /// **Traps**: if the group is continuous or the index is out of range.
  public subscript(index: Int) -> GroupElement {
    require(!group.isContinuous, "GSpace", "\(group.name) has no list of elements; use group.element(angle:)")
    let elements = group.elements
    require(
      elements.indices.contains(index), "GSpace", "element \(index) of \(group.name), which has \(elements.count)")
    return elements[index]
  }

  /// The rotation angle of `element` after its reflection, when the reflection is written as "rows reversed".
  ///
  /// The planar matrix is `R(angle)` for rotations and `R(angle) · diag(1, -1)` for reflections.
  package func planarAngle(of element: GroupElement) -> Double {
    element.angle(in: group) + (element.isReflected ? 2 * axis : 0)
  }

  /// The 2 × 2 matrix by which `element` acts on points `(x right, y up)`.
  public func planarMatrix(of element: GroupElement) -> Matrix {
    group.planarAction(of: element, reflectionAxis: axis)
  }

  /// How `element` acts on the pixel grid, or nil when it does not map the grid to itself.
  public func latticeAction(of element: GroupElement) -> LatticeAction? {
    let quarters = planarAngle(of: element) / (.pi / 2)
    let rounded = quarters.rounded()
    guard abs(quarters - rounded) < 1e-9 else { return nil }
    let turns = Int(rounded) % 4
    return LatticeAction(reversesRows: element.isReflected, quarterTurns: turns < 0 ? turns + 4 : turns)
  }

  /// The element that moves the plane as `element` does in another space, nil when there is none.
  public func element(_ element: GroupElement, of other: GSpace) -> GroupElement? {
    if self == other { return element }
    // Both describe the same motion of the plane when angle + 2 · axis agree.
    let shift = element.isReflected ? 2 * (other.axis - axis) : 0
    return group.elementIfPresent(angle: element.angle(in: other.group) + shift, reflected: element.isReflected)
  }

  /// The elements that map the pixel grid to itself; for continuous groups the 4 rotations (and 4 reflections).
  public var latticeElements: [GroupElement] {
    if !group.isContinuous { return group.elements.filter { latticeAction(of: $0) != nil } }
    let rotations = (0..<4).map { group.element(angle: Double($0) * .pi / 2) }
    guard group.hasReflections else { return rotations }
    return rotations
      + (0..<4).map { group.element(angle: Double($0) * .pi / 2 - 2 * axis, reflected: true) }
  }

  /// The space of a subgroup, with the maps between the two groups.
  ///
  /// A child with reflections gets the axis of its own reflection: if that is the parent's reflection turned by an
  /// angle φ,
  /// then the axis turns by φ/2.
  ///
  /// **Throws**: `SymmetryError` if the group has no such subgroup.
  public func restricted(to id: SubgroupID) throws(SymmetryError) -> RestrictedGSpace {
    let subgroup = try group.subgroup(id)
    var childAxis = axis
    if subgroup.group.hasReflections {
      let reflection =
        subgroup.group.isContinuous
        ? subgroup.group.element(angle: 0, reflected: true) : subgroup.group.element(rotation: 0, reflected: true)
      childAxis = axis + subgroup.include(reflection).angle(in: group) / 2
    }
    return RestrictedGSpace(space: GSpace(subgroup.group, axis: childAxis), subgroup: subgroup)
  }
}
