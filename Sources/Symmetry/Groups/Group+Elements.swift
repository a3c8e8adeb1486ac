extension Group {
  /// The element that does nothing.
  public var identity: GroupElement {
    GroupElement(isContinuous ? .angle(0) : .step(0), isReflected: false)
  }

  /// All elements: first the rotations in order, then, where there are reflections, the same rotations after a flip.
  ///
  /// **Traps**: for a continuous group.
  public var elements: [GroupElement] {
    guard let rotations = rotationOrder else {
      fatalError("\(SymmetryError.needsFiniteGroup(group: self, request: "the list of elements"))")
    }
    return (hasReflections ? [false, true] : [false]).flatMap { isReflected in
      (0..<rotations).map { GroupElement(.step($0), isReflected: isReflected) }
    }
  }

  /// Elements to test with: all of a finite group; 52 angles of SO(2); 52 rotations and 52 reflections of O(2).
  public var testingElements: [GroupElement] {
    if !isContinuous { return elements }
    return (hasReflections ? [false, true] : [false]).flatMap { isReflected in
      (0..<52).map { GroupElement(.angle(2 * Double.pi * Double($0) / 52), isReflected: isReflected) }
    }
  }

  /// A uniformly distributed element.
  public func randomElement(using rng: inout some RandomNumberGenerator) -> GroupElement {
    let isReflected = hasReflections ? Bool.random(using: &rng) : false
    if let rotations = rotationOrder {
      return GroupElement(.step(Int.random(in: 0..<rotations, using: &rng)), isReflected: isReflected)
    }
    return GroupElement(.angle(Double.random(in: 0..<2 * Double.pi, using: &rng)), isReflected: isReflected)
  }

  /// The element that reflects (if asked to) and then rotates by a number of steps of 2π/N.
  ///
  /// **Traps**: in a continuous group, and when the group has no reflections but one is asked for.
  public func element(rotation step: Int, reflected: Bool = false) -> GroupElement {
    guard let rotations = rotationOrder else {
      fatalError("\(SymmetryError.needsFiniteGroup(group: self, request: "element(rotation: \(step))"))")
    }
    precondition(hasReflections || !reflected, "Group: \(self) has no reflections")
    return GroupElement(.step(Trigonometry.modulo(step, rotations)), isReflected: reflected)
  }

  /// The element that reflects (if asked to) and then rotates by an angle.
  ///
  /// **Units**: radians, counter-clockwise.
  ///
  /// **Traps**: when the group has no such element (angles count as equal within 1e-9).
  public func element(angle: Double, reflected: Bool = false) -> GroupElement {
    guard let element = elementIfPresent(angle: angle, reflected: reflected) else {
      fatalError("Group: \(self) has no \(reflected ? "reflection" : "rotation") by the angle \(angle)")
    }
    return element
  }

  /// The element that reflects (if asked to) and then rotates by an angle, or nil when the group has none.
  public func elementIfPresent(angle: Double, reflected: Bool = false) -> GroupElement? {
    guard hasReflections || !reflected, angle.isFinite else { return nil }
    guard let rotations = rotationOrder else {
      return GroupElement(.angle(Trigonometry.normalized(angle)), isReflected: reflected)
    }
    return Trigonometry.step(nearest: angle, of: rotations).map { GroupElement(.step($0), isReflected: reflected) }
  }

  /// The reflection f, without a rotation; nil when the group has no reflections.
  public var reflection: GroupElement? {
    hasReflections ? GroupElement(identity.rotation, isReflected: true) : nil
  }

  /// Whether the element belongs to the group.
  public func contains(_ element: GroupElement) -> Bool {
    guard hasReflections || !element.isReflected else { return false }
    switch element.rotation {
    case .step(let step): return rotationOrder.map { step >= 0 && step < $0 } ?? false
    case .angle(let angle): return isContinuous && angle >= 0 && angle < 2 * Double.pi
    }
  }

  /// The product a · b: first b acts, then a.
  ///
  /// **Traps**: unless both are elements of the group.
  public func product(_ a: GroupElement, _ b: GroupElement) -> GroupElement {
    check(a)
    check(b)
    let isReflected = a.isReflected != b.isReflected
    switch (a.rotation, b.rotation) {
    case (.step(let first), .step(let second)):
      let step = a.isReflected ? first - second : first + second
      return GroupElement(.step(Trigonometry.modulo(step, rotationOrder ?? 1)), isReflected: isReflected)
    case (.angle(let first), .angle(let second)):
      let angle = a.isReflected ? first - second : first + second
      return GroupElement(.angle(Trigonometry.normalized(angle)), isReflected: isReflected)
    default:
      preconditionFailure("Group: \(a) and \(b) are elements of different groups")
    }
  }

  /// The inverse of an element.
  ///
  /// **Traps**: unless it is an element of the group.
  public func inverse(_ element: GroupElement) -> GroupElement {
    check(element)
    if element.isReflected { return element }
    switch element.rotation {
    case .step(let step):
      return GroupElement(.step(Trigonometry.modulo(-step, rotationOrder ?? 1)), isReflected: false)
    case .angle(let angle):
      return GroupElement(.angle(Trigonometry.normalized(-angle)), isReflected: false)
    }
  }

  /// The position of an element in `elements`.
  ///
  /// **Traps**: for a continuous group and for an element of another group.
  public func index(of element: GroupElement) -> Int {
    check(element)
    guard let rotations = rotationOrder, let step = element.step else {
      fatalError("\(SymmetryError.needsFiniteGroup(group: self, request: "the index of an element"))")
    }
    return element.isReflected ? rotations + step : step
  }

  /// The 2 x 2 matrix by which an element acts on the plane: R(angle) · F, the reflection first.
  ///
  /// - Parameter reflectionAxis: the angle of the line that the reflection f keeps, in radians.
  public func planarAction(of element: GroupElement, reflectionAxis: Double = .pi / 2) -> Matrix {
    check(element)
    let rotation: Matrix =
      switch element.rotation {
      case .step(let step): Trigonometry.rotation(Trigonometry.turn(step, of: rotationOrder ?? 1))
      case .angle(let angle): Trigonometry.rotation(Trigonometry.snappedTurn(angle))
      }
    guard element.isReflected else { return rotation }
    let (cosine, sine) = Trigonometry.snappedTurn(2 * reflectionAxis)
    return rotation * Matrix([[cosine, sine], [sine, -cosine]])
  }

  func check(_ element: GroupElement) {
    precondition(contains(element), "Group: \(element) is not an element of \(self)")
  }
}
