internal import Foundation

/// A subgroup together with the way it sits in its parent.
///
/// **escnn**: the triple that `group.subgroup(id)` returns.
public struct Subgroup: Hashable, Sendable {
  /// The group that contains the subgroup.
  public let parent: Group
  /// The id within the parent.
  public let id: SubgroupID
  /// The subgroup as a group of its own.
  public let group: Group

  /// The element of the parent that an element of the subgroup is.
  ///
  /// **Traps**: unless it is an element of `group`.
  public func include(_ element: GroupElement) -> GroupElement {
    group.check(element)
    if let rotations = parent.rotationOrder {
      let stride = rotations / (id.rotationOrder ?? rotations)
      let step = (element.step ?? 0) * stride + (element.isReflected ? axisStep : 0)
      return parent.element(rotation: step, reflected: element.isReflected)
    }
    let angle = element.angle(in: group) + (element.isReflected ? axisAngle : 0)
    return parent.element(angle: angle, reflected: element.isReflected)
  }

  /// The element of the subgroup that an element of the parent is, or nil when it lies outside.
  ///
  /// In continuous parents angles count as equal within 1e-9.
  ///
  /// **Traps**: unless it is an element of the parent.
  public func restrict(_ element: GroupElement) -> GroupElement? {
    parent.check(element)
    guard group.hasReflections || !element.isReflected else { return nil }
    switch element.rotation {
    case .step(let step):
      let rotations = parent.rotationOrder ?? 1
      let stride = rotations / (id.rotationOrder ?? rotations)
      let shifted = Trigonometry.modulo(element.isReflected ? step - axisStep : step, rotations)
      guard shifted % stride == 0 else { return nil }
      return group.element(rotation: shifted / stride, reflected: element.isReflected)
    case .angle(let angle):
      return group.elementIfPresent(
        angle: element.isReflected ? angle - axisAngle : angle, reflected: element.isReflected)
    }
  }

  /// The index of the subgroup: how many cosets it has; nil when there are infinitely many.
  public var cosetCount: Int? {
    if let order = parent.order { return order / (group.order ?? order) }
    if parent == group { return 1 }
    return parent == .o2 && group == .so2 ? 2 : nil
  }

  /// One element of each left coset, the first of `parent.elements` that lies in it; nil for infinitely many cosets.
  public var cosetRepresentatives: [GroupElement]? {
    guard !parent.isContinuous else {
      guard let count = cosetCount else { return nil }
      return count == 1 ? [parent.identity] : [parent.identity, GroupElement(.angle(0), isReflected: true)]
    }
    let members = group.elements.map(include)
    var isCovered = [Bool](repeating: false, count: parent.order ?? 0)
    return parent.elements.filter { element in
      if isCovered[parent.index(of: element)] { return false }
      for member in members { isCovered[parent.index(of: parent.product(element, member))] = true }
      return true
    }
  }

  /// The number of steps of the parent between f and the reflection that the subgroup keeps.
  private var axisStep: Int {
    if case .step(let step) = id.axis { step } else { 0 }
  }

  /// The angle between f and the reflection that the subgroup keeps.
  private var axisAngle: Double {
    if case .angle(let angle) = id.axis { angle } else { 0 }
  }

  /// The cosine and sine of `frequency` times half the angle between f and the reflection that the subgroup keeps.
  func halfAxisTurn(frequency: Int) -> (cosine: Double, sine: Double) {
    switch id.axis {
    case nil: (1, 0)
    case .step(let step): Trigonometry.turn(step * frequency, of: 2 * (parent.rotationOrder ?? 1))
    case .angle(let angle): Trigonometry.turn(angle * Double(frequency) / 2)
    }
  }

  /// Whether the subgroup is the whole parent, element by element.
  var isWholeParent: Bool {
    group == parent && axisStep == 0 && axisAngle == 0
  }
}
