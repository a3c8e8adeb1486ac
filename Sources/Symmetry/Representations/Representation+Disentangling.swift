extension Representation {
  /// Splits the representation into parts that do not mix, by reordering its coordinates.
  ///
  /// The result is a permutation matrix P and representations ρ₁, ρ₂, … with P · ρ(g) · Pᵀ = ρ₁(g) ⊕ ρ₂(g) ⊕ …; no
  /// finer split is possible by reordering alone. A representation that permutes its coordinates splits into its
  /// orbits, and each orbit is ordered such that it is exactly `regular`, a `quotient(…)` or `trivial`: the regular
  /// representation of G, restricted to H, becomes |G|/|H| regular representations of H.
  ///
  /// **escnn**: `disentangle`, which leaves restricted regular representations in one piece.
  public func disentangled() -> (changeOfBasis: Matrix, representations: [Representation]) {
    if let permutations = orbitTable() { return splitOrbits(permutations) }
    let parts = coordinateParts()
    guard parts.count > 1 else { return (.identity(size), [self]) }
    var images = [Int](repeating: 0, count: size)
    for (position, index) in parts.joined().enumerated() { images[index] = position }
    let representations = parts.enumerated().map { number, part in block(part, number: number) }
    return (.permutation(images), representations)
  }

  private func orbitTable() -> [[Int]]? {
    if isTrivial { return size == 1 ? nil : [Array(0..<size)] }
    return storage.permutations
  }

  private func splitOrbits(_ permutations: [[Int]]) -> (Matrix, [Representation]) {
    var images = [Int](repeating: -1, count: size)
    var representations: [Representation] = []
    var next = 0
    for base in 0..<size where images[base] < 0 {
      let stabilizer = isTrivial ? [] : group.elements.filter { permutations[group.index(of: $0)][base] == base }
      guard !isTrivial, stabilizer.count < (group.order ?? 1) else {
        images[base] = next
        next += 1
        representations.append(group.trivialRepresentation)
        continue
      }
      let (representation, cosets) = orbit(stabilizer)
      for element in cosets {
        images[permutations[group.index(of: element)][base]] = next
        next += 1
      }
      representations.append(representation)
    }
    return (.permutation(images), representations)
  }

  /// The representation on an orbit with the given stabilizer, and the elements that reach its points in order.
  private func orbit(_ stabilizer: [GroupElement]) -> (Representation, [GroupElement]) {
    if stabilizer.count == 1 { return (group.regularRepresentation, group.elements) }
    do {
      let subgroup = try group.subgroup(group.subgroupID(of: stabilizer))
      return (try group.quotientRepresentation(subgroup.id), subgroup.cosetRepresentatives ?? [])
    } catch {
      fatalError("Representation \(self): the stabilizer \(stabilizer) is no subgroup: \(error)")
    }
  }

  /// The finest partition of the coordinates that every element respects, each part in ascending order.
  private func coordinateParts() -> [[Int]] {
    var parent = Array(0..<size)
    func root(_ i: Int) -> Int {
      var i = i
      while parent[i] != i { i = parent[i] }
      return i
    }
    for element in Representation.generators(of: group) {
      let matrix = self.matrix(element)
      for i in 0..<size {
        for j in 0..<size where i != j && abs(matrix[i, j]) > 1e-9 {
          let (a, b) = (root(i), root(j))
          parent[max(a, b)] = min(a, b)
        }
      }
    }
    return Dictionary(grouping: 0..<size, by: root).sorted { $0.key < $1.key }.map(\.value)
  }

  /// Elements whose matrices show every coupling: generators of a finite group, generic angles of a continuous one.
  private static func generators(of group: Group) -> [GroupElement] {
    let rotations =
      group.isContinuous
      ? [0.3, 1.0, 2.71].map { group.element(angle: $0) } : [group.element(rotation: 1)]
    return rotations + (group.reflection.map { [$0] } ?? [])
  }

  private func block(_ part: [Int], number: Int) -> Representation {
    let name = "block(\(number),\(self.name))"
    let generators = Representation.generators(of: group)
    let wanted = generators.map { matrix($0).submatrix(rows: part, columns: part) }
    for irrep in Set(irreps) where irrep.size == part.count {
      if zip(generators, wanted).allSatisfy({ irrep.matrix($0).maxAbsDifference(to: $1) <= 1e-9 }) {
        return Representation(irrep)
      }
    }
    let kept = capabilities.filter { capability in
      switch capability {
      case .inducedNorm(let inner), .inducedGated(let inner): Representation.isAligned(part, inner)
      case .vectorField, .inducedGate: false
      default: true
      }
    }
    do {
      let frequency = irreps.map(\.frequency).max() ?? 0
      let found = try Representation.decomposing(
        group: group, name: name, maximumFrequency: group.isContinuous ? frequency : nil
      ) { self.matrix($0).submatrix(rows: part, columns: part) }
      return Representation(
        RepresentationStorage(
          irreps: found.irreps, changeOfBasis: found.changeOfBasis, inverse: found.changeOfBasisInverse, name: name,
          capabilities: found.capabilities.union(kept), permutations: found.storage.permutations))
    } catch {
      fatalError("Representation \(self): coordinates \(part) do not split off: \(error)")
    }
  }

  /// Whether the coordinates consist of whole consecutive sub-fields of the given size.
  private static func isAligned(_ part: [Int], _ inner: Int) -> Bool {
    part.count % inner == 0
      && stride(from: 0, to: part.count, by: inner).allSatisfy { start in
        part[start] % inner == 0 && part[start + inner - 1] == part[start] + inner - 1
      }
  }
}
