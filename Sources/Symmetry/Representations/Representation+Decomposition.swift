extension Representation {
  /// Decomposes a matrix representation into irreps.
  ///
  /// The change of basis is orthogonal when all matrices are. Capabilities are read off the matrices: permutations are
  /// `pointwise`, signed permutations of a finite group `concatenated`, orthogonal matrices `norm` and `gated`.
  ///
  /// - Parameters:
  ///   - maximumFrequency: for continuous groups, the highest frequency that occurs; nil means to search up to 512.
  ///   - matrix: the matrix of each element.
  ///
  /// **Throws**: `SymmetryError.notARepresentation` when the matrices are not a representation of the group.
  ///
  /// **Complexity**: O(order · size³) for finite groups.
  ///
  /// **escnn**: `build_from_discrete_group_representation`, without its numerical search.
  public static func decomposing(
    group: Group, name: String, maximumFrequency: Int? = nil, matrix: (GroupElement) throws(SymmetryError) -> Matrix
  ) throws(SymmetryError) -> Representation {
    let size = try matrix(group.identity).rows
    guard size > 0 else { throw .notARepresentation(group: group, reason: "the matrices are empty") }
    var frequency = maximumFrequency ?? (group.isContinuous ? 8 : 0)
    while true {
      do {
        let decomposition = try Decomposition(
          group: group, size: size, maximumFrequency: frequency, matrix: matrix)
        let representation = make(group, decomposition, name)
        if group.isContinuous { try verify(representation, matrix) }
        return representation
      } catch {
        guard group.isContinuous, maximumFrequency == nil, frequency < 512 else { throw error }
        frequency *= 2
      }
    }
  }

  /// Decomposes the representation given by one matrix per element of a finite group.
  ///
  /// **Throws**: `SymmetryError.notARepresentation` when a matrix is missing or they are not a representation.
  public static func decomposing(
    group: Group, name: String, matrices: [GroupElement: Matrix]
  ) throws(SymmetryError) -> Representation {
    guard !group.isContinuous else {
      throw .needsFiniteGroup(group: group, request: "a decomposition from a table of matrices")
    }
    return try decomposing(group: group, name: name) { element throws(SymmetryError) in
      guard let matrix = matrices[element] else {
        throw .notARepresentation(group: group, reason: "there is no matrix for \(element)")
      }
      return matrix
    }
  }

  private static func make(_ group: Group, _ decomposition: Decomposition, _ name: String) -> Representation {
    var capabilities: Set<Capability> = []
    var permutations: [[Int]]?
    if decomposition.isOrthogonal { capabilities.formUnion([.norm, .gated]) }
    if !group.isContinuous {
      let images = decomposition.samples.map { signedPermutation($0.matrix) }
      if images.allSatisfy({ $0 != nil }) {
        capabilities.insert(.concatenated)
        if images.allSatisfy({ $0?.isSigned == false }) {
          capabilities.insert(.pointwise)
          permutations = images.compactMap { $0?.images }
        }
      }
    }
    if decomposition.irreps.allSatisfy(\.isTrivial) { capabilities.formUnion([.pointwise, .gate]) }
    return Representation(
      RepresentationStorage(
        irreps: decomposition.irreps, changeOfBasis: decomposition.changeOfBasis,
        inverse: decomposition.isOrthogonal ? decomposition.changeOfBasis.transposed : nil, name: name,
        capabilities: capabilities, permutations: permutations))
  }

  /// Compares with the matrices at angles that the averages did not use, so that aliased frequencies show.
  private static func verify(
    _ representation: Representation, _ matrix: (GroupElement) throws(SymmetryError) -> Matrix
  ) throws(SymmetryError) {
    let group = representation.group
    for (position, angle) in [0.3, 1.0, 2.0.squareRoot(), 2.71, 4.9].enumerated() {
      let element = group.element(angle: angle, reflected: group.hasReflections && position % 2 == 1)
      let difference = try representation.matrix(element).maxAbsDifference(to: matrix(element))
      guard difference <= 1e-6 else {
        throw .notARepresentation(
          group: group, reason: "the matrix of \(element) differs by \(difference) from that of its irreps")
      }
    }
  }

  /// Where a signed permutation matrix sends each basis vector; nil for other matrices.
  private static func signedPermutation(_ matrix: Matrix) -> (images: [Int], isSigned: Bool)? {
    var images: [Int] = []
    var isSigned = false
    for column in 0..<matrix.columns {
      var image: Int?
      for row in 0..<matrix.rows where abs(matrix[row, column]) > 1e-9 {
        guard image == nil, abs(abs(matrix[row, column]) - 1) <= 1e-9 else { return nil }
        image = row
        if matrix[row, column] < 0 { isSigned = true }
      }
      guard let image else { return nil }
      images.append(image)
    }
    return (images, isSigned)
  }
}
