import Foundation
import SteerableKernels
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

  /// How the group acts on the plane by orthogonal 2 × 2 matrices, when that is not its own way; else nil.
  public let action: Representation?

  /// Creates the space of a group of the plane.
  ///
  /// - Parameters:
  ///   - group: Any group of `Symmetry`.
  ///   - axis: The angle of the mirror line, ignored without reflections.
  public init(_ group: Group, axis: Double = .pi / 2) {
    self.group = group
    action = nil
    if group.hasReflections {
      let reduced = axis.truncatingRemainder(dividingBy: 2 * .pi)
      let positive = reduced < 0 ? reduced + 2 * .pi : reduced
      self.axis = abs(positive - 2 * .pi) < 1e-12 ? 0 : positive
    } else {
      self.axis = 0
    }
  }

  /// Creates a plane on which a group acts in a way of your own: any homomorphism to rotations and reflections.
  ///
  /// Elements may turn the plane by a multiple of their angle, reflect it where the group itself rotates, or leave it
  /// alone and act on the fibers only. Kernels and differential operators are solved for the action that is given.
  ///
  /// ```swift
  /// let group = Group.cyclic(2)
  /// let inversion = GSpace(group, action: .directSum([group.irrep(0), group.irrep(0)]))   // moves no pixel
  /// ```
  ///
  /// - Parameter action: An orthogonal representation of size 2; `Representation.decomposing` makes one from matrices.
  ///
  /// **Symmetry**: as for the group's own action.
  ///
  /// **Traps**: if the action is of another group, has another size, or is not orthogonal.
  ///
  /// **escnn**: a subclass of e2cnn's `GeneralOnR2`; `basespace_action` of escnn.
  public init(_ group: Group, action: Representation) {
    self.group = group
    self.action = action
    axis = 0
    do {
      try KernelConfiguration(kernelSize: 1, action: action).validate(for: group)
    } catch {
      fail("GSpace", "\(error)")
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

  /// The motion of the plane as "rows reversed" or not, then a rotation by an angle.
  ///
  /// The planar matrix is `R(angle)` for rotations and `R(angle) · diag(1, -1)` for reflections.
  package func planarMotion(of element: GroupElement) -> (reversesRows: Bool, angle: Double) {
    guard let action else {
      return (element.isReflected, element.angle(in: group) + (element.isReflected ? 2 * axis : 0))
    }
    let matrix = action.matrix(element)
    let determinant = matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]
    return (determinant < 0, atan2(matrix[1, 0], matrix[0, 0]))
  }

  /// The 2 × 2 matrix by which `element` acts on points `(x right, y up)`.
  public func planarMatrix(of element: GroupElement) -> Matrix {
    action?.matrix(element) ?? group.planarAction(of: element, reflectionAxis: axis)
  }

  /// How `element` acts on the pixel grid, or nil when it does not map the grid to itself.
  public func latticeAction(of element: GroupElement) -> LatticeAction? {
    let motion = planarMotion(of: element)
    let quarters = motion.angle / (.pi / 2)
    let rounded = quarters.rounded()
    guard abs(quarters - rounded) < 1e-9 else { return nil }
    let turns = Int(rounded) % 4
    return LatticeAction(reversesRows: motion.reversesRows, quarterTurns: turns < 0 ? turns + 4 : turns)
  }

  /// The element that moves the plane as `element` does in another space, nil when there is none.
  public func element(_ element: GroupElement, of other: GSpace) -> GroupElement? {
    if self == other { return element }
    if action != nil || other.action != nil {
      // Elements that move the plane alike may differ on the fibers, so only one of them will do.
      let matrix = other.planarMatrix(of: element)
      let alike = group.testingElements.filter { planarMatrix(of: $0).maxAbsDifference(to: matrix) < 1e-9 }
      return alike.count == 1 ? alike[0] : nil
    }
    // Both describe the same motion of the plane when angle + 2 · axis agree.
    let shift = element.isReflected ? 2 * (other.axis - axis) : 0
    return group.elementIfPresent(angle: element.angle(in: other.group) + shift, reflected: element.isReflected)
  }

  /// The elements that map the pixel grid to itself; for continuous groups the 4 rotations (and 4 reflections), or
  /// those among the testing elements where the action is not the group's own.
  public var latticeElements: [GroupElement] {
    if action != nil { return group.testingElements.filter { latticeAction(of: $0) != nil } }
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
    if let action {
      return RestrictedGSpace(
        space: GSpace(subgroup.group, action: try action.restricted(to: id)), subgroup: subgroup)
    }
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
