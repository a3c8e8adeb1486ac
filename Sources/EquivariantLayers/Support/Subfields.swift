package import Symmetry

/// Induced fields consist of sub-fields of equal size, one for each coset, which the group permutes and turns.
package enum Subfields {
  /// The size of the sub-fields whose norms the group permutes, nil when the representation has none.
  package static func normSize(_ representation: Representation) -> Int? {
    only(representation) { if case .inducedNorm(let size) = $0 { size } else { nil } }
  }

  /// The size of the sub-fields that may have gates of their own, nil when the representation has none.
  package static func gatedSize(_ representation: Representation) -> Int? {
    only(representation) { if case .inducedGated(let size) = $0 { size } else { nil } }
  }

  private static func only(_ representation: Representation, _ size: (Capability) -> Int?) -> Int? {
    let sizes = representation.capabilities.compactMap(size)
    return sizes.count == 1 && representation.size % sizes[0] == 0 ? sizes[0] : nil
  }

  /// The sizes of the sub-fields of all fields of a type, in order.
  ///
  /// **Traps**: when a field has no sub-fields, or of several sizes.
  package static func normSizes(_ type: FieldType, _ name: String) -> [Int] {
    type.representations.flatMap { representation in
      guard let size = normSize(representation) else {
        fail(
          name,
          "\(representation.name) of \(type) is not induced from a representation that preserves norms, or in two ways")
      }
      return Array(repeating: size, count: representation.size / size)
    }
  }

  /// Whether the group moves the sub-fields of one representation as it moves the channels of another.
  package static func move(_ representation: Representation, size: Int, like gates: Representation) -> Bool {
    guard representation.size == size * gates.size, representation.group == gates.group else { return false }
    let group = gates.group
    let rotations =
      group.isContinuous ? [0.3, 1.0, 2.71].map { group.element(angle: $0) } : [group.element(rotation: 1)]
    let elements = rotations + (group.reflection.map { [$0] } ?? [])
    return elements.allSatisfy { element in
      let (moved, gate) = (representation.matrix(element), gates.matrix(element))
      return (0..<gates.size).allSatisfy { i in
        (0..<gates.size).allSatisfy { j in
          let block = moved.submatrix(rows: i * size..<(i + 1) * size, columns: j * size..<(j + 1) * size)
          return abs(gate[i, j]) > 1e-9 || block.values.allSatisfy { abs($0) < 1e-9 }
        }
      }
    }
  }
}
