extension Group {
  /// The irreps in the order of the reference: all of a finite group, those up to a frequency of a continuous one.
  ///
  /// C_N: k = 0, 1, …, N/2. D_N: (0,0), (1,0), (1,1), …, (1,N/2), and (0,N/2) last when N is even.
  ///
  /// - Parameter maximumFrequency: the highest frequency; nil means all (10 for a continuous group).
  public func irreps(maximumFrequency: Int? = nil) -> [Irrep] {
    let limit = min(maximumFrequency ?? Int.max, rotationOrder.map { $0 / 2 } ?? (maximumFrequency ?? 10))
    guard limit >= 0 else { return [] }
    switch kind {
    case .cyclic, .so2:
      return (0...limit).map { Irrep(self, flipFrequency: 0, frequency: $0) }
    case .flip:
      return (0...1).map { Irrep(self, flipFrequency: $0, frequency: 0) }
    case .dihedral, .o2:
      var result = [Irrep(self, flipFrequency: 0, frequency: 0)]
      result += (0...limit).map { Irrep(self, flipFrequency: 1, frequency: $0) }
      if rotationOrder == 2 * limit { result.append(Irrep(self, flipFrequency: 0, frequency: limit)) }
      return result
    }
  }

  /// The representation that consists of one irrep.
  ///
  /// **Traps**: when the group has no irrep with this id; see `irrep(id:)`.
  public func irrep(_ id: Int...) -> Representation {
    do {
      return try irrep(id: id)
    } catch {
      fatalError("\(error)")
    }
  }

  /// The representation that consists of one irrep.
  ///
  /// **Throws**: `SymmetryError.unknownIrrep` when the group has no irrep with this id.
  public func irrep(id: [Int]) throws(SymmetryError) -> Representation {
    let irrep = try Irrep(self, id: id)
    return Group.irreps.value(for: irrep) { Representation(irrep) }
  }

  /// The representation of dimension 1 in which nothing moves.
  public var trivialRepresentation: Representation {
    let irrep = Irrep(self, flipFrequency: 0, frequency: 0)
    return Group.irreps.value(for: irrep) { Representation(irrep) }
  }

  /// The representation on functions of the group: basis vector g goes to basis vector h · g.
  ///
  /// Basis vectors are ordered as `elements`. The change of basis is that of the reference.
  ///
  /// **Traps**: for a continuous group.
  ///
  /// **Complexity**: computed once per process and group, O(order²).
  public var regularRepresentation: Representation {
    guard let order else {
      fatalError("\(SymmetryError.needsFiniteGroup(group: self, request: "the regular representation"))")
    }
    return Group.regulars.value(for: self) {
      let elements = self.elements
      let distinct = irreps()
      var columns = 0
      var basis = Matrix.zeros(order, order)
      for irrep in distinct {
        let scale = (Double(irrep.size) / Double(order)).squareRoot()
        let copies = irrep.size / irrep.sumOfSquares
        for (row, element) in elements.enumerated() {
          let matrix = irrep.matrix(element)
          for copy in 0..<copies {
            for i in 0..<irrep.size { basis[row, columns + copy * irrep.size + i] = scale * matrix[i, copy] }
          }
        }
        columns += copies * irrep.size
      }
      var capabilities: Set<Capability> = [.pointwise, .norm, .gated, .concatenated]
      if case .cyclic(3...) = kind { capabilities.insert(.vectorField) }
      if order == 1 { capabilities.insert(.gate) }
      return Representation(
        RepresentationStorage(
          irreps: distinct.flatMap { [Irrep](repeating: $0, count: $0.size / $0.sumOfSquares) },
          changeOfBasis: basis, inverse: basis.transposed, name: "regular", capabilities: capabilities,
          permutations: elements.map { element in elements.map { index(of: product(element, $0)) } }))
    }
  }

  private static let irreps = Cache<Irrep, Representation>()
  private static let regulars = Cache<Group, Representation>()
}
