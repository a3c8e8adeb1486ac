extension Group {
  /// The subgroup with an id, and its embedding.
  ///
  /// **Throws**: `SymmetryError.unknownSubgroup` when the group has none.
  public func subgroup(_ id: SubgroupID) throws(SymmetryError) -> Subgroup {
    func unknown(_ reason: String) -> SymmetryError { .unknownSubgroup(group: self, id: id, reason: reason) }
    if let order = id.rotationOrder {
      guard order >= 1 else { throw unknown("the number of rotations must be at least 1") }
      if let rotations = rotationOrder, rotations % order != 0 {
        throw unknown("\(order) does not divide \(rotations)")
      }
    } else if !isContinuous {
      throw unknown("a finite group needs the number of rotations")
    }
    let axis: SubgroupID.Axis?
    switch id.axis {
    case nil:
      axis = nil
    case _? where !hasReflections:
      throw unknown("the group has no reflections")
    case .step(let step):
      if let rotations = rotationOrder {
        guard step >= 0 && step < rotations else { throw unknown("the reflection must be 0 to \(rotations - 1)") }
        axis = .step(step)
      } else {
        axis = .angle(Trigonometry.normalized(Double(step)))
      }
    case .angle(let angle):
      guard isContinuous else { throw unknown("the reflection of a finite group is a whole number of steps") }
      guard angle.isFinite else { throw unknown("the angle is not finite") }
      axis = .angle(Trigonometry.normalized(angle))
    }
    let group: Group =
      switch (axis, id.rotationOrder) {
      case (nil, let order?): .cyclic(order)
      case (nil, nil): .so2
      case (_?, 1): .flip
      case (_?, let order?): .dihedral(order)
      case (_?, nil): .o2
      }
    return Subgroup(parent: self, id: SubgroupID(axis: axis, rotationOrder: id.rotationOrder), group: group)
  }

  /// All subgroups of a finite group, each once.
  ///
  /// **Traps**: for a continuous group.
  public var subgroups: [Subgroup] {
    guard let rotations = rotationOrder else {
      fatalError("\(SymmetryError.needsFiniteGroup(group: self, request: "the list of subgroups"))")
    }
    let divisors = (1...rotations).filter { rotations % $0 == 0 }
    var ids = divisors.map(SubgroupID.rotations)
    if hasReflections {
      for order in divisors { ids += (0..<rotations / order).map { .dihedral(axis: $0, order) } }
    }
    return ids.compactMap { try? subgroup($0) }
  }

  /// The id as text: `4` in a group without reflections, otherwise `None,4` or `1,2`.
  func text(of id: SubgroupID, inParentheses: Bool) -> String {
    if !hasReflections { return "\(id.rotationOrder ?? -1)" }
    let text = id.description
    return inParentheses ? text : String(text.dropFirst().dropLast())
  }

  /// The id of the subgroup that consists of the given elements, which must form a subgroup of a finite group.
  func subgroupID(of members: [GroupElement]) -> SubgroupID {
    let rotations = members.count { !$0.isReflected }
    guard let axis = members.filter(\.isReflected).compactMap(\.step).min() else { return .rotations(rotations) }
    return .dihedral(axis: axis, rotations)
  }
}
