import Symmetry

/// Checks of an action on the plane that is not the group's own.
enum PlaneAction {
  /// Checks that a representation acts on the plane by rotations and reflections.
  static func validate(_ action: Representation?, of group: Group) throws(KernelError) {
    guard let action else { return }
    guard action.group == group else { throw .groupMismatch(group.name, action.group.name) }
    guard action.size == 2 else {
      throw .invalidConfiguration(
        "the action \(action.name) has size \(action.size); an action on the plane has size 2")
    }
    guard group.testingElements.allSatisfy({ action.matrix($0).isOrthogonal() }) else {
      throw .invalidConfiguration(
        "the action \(action.name) is not orthogonal, so it does not keep the distances of pixels")
    }
  }
}
