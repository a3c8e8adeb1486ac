import EquivariantLayers
import Symmetry
import Tensors

/// A kind of representations, with a type made of them whose fields of one kind do not lie in a row.
struct RepresentationFamily: Sendable, CustomStringConvertible {
  let name: String
  let type: FieldType

  var description: String { "\(name) on \(type.space): \(type)" }

  /// Every kind of representations that a space has.
  static func all(on space: GSpace) -> [RepresentationFamily] {
    var families: [RepresentationFamily] = []
    func add(_ name: String, _ representations: [Representation]) {
      if !representations.isEmpty {
        families.append(RepresentationFamily(name: name, type: FieldType(space, representations)))
      }
    }
    let group = space.group
    let irreps = group.irreps(maximumFrequency: 2).map { Representation($0) }
    let last = irreps[irreps.count - 1]
    add("scalars", 3 * space.trivial)
    add("irreps", [last, space.trivial] + irreps.suffix(3) + [last])
    add("another basis", [mixture(irreps.suffix(2)), space.trivial, mixture(irreps.suffix(2))])
    guard !group.isContinuous else {
      if group.hasReflections, let induced = try? space.induced(.rotationsAll, Group.so2.irrep(1)) {
        add("induced", [induced, space.trivial])
      }
      return families
    }
    add("regular", [space.regular, space.trivial, space.regular])
    let subgroups = group.subgroups.filter { 1 < $0.group.order ?? 0 && $0.group.order ?? 0 < group.order ?? 0 }
    let quotients = subgroups.prefix(2).compactMap { try? space.quotient($0.id) }
    add("quotients", quotients + [space.trivial] + quotients)
    let induced = subgroups.suffix(1).flatMap { subgroup in
      subgroup.group.irreps().suffix(1).compactMap { try? space.induced(subgroup.id, Representation($0)) }
    }
    add("induced", induced + (induced.isEmpty ? [] : [space.trivial]))
    add("restricted", restricted(to: group) + [last])
    add("mixed", [space.regular, space.trivial, last, space.regular, space.trivial, last])
    return families
  }

  /// Irreps in a basis that is orthogonal but mixes them.
  private static func mixture(_ representations: some Sequence<Representation>) -> Representation {
    let irreps = representations.flatMap(\.irreps)
    let size = irreps.reduce(0) { $0 + $1.size }
    // A reflection across the plane orthogonal to a vector.
    let vector = (0..<size).map { 1 / Double($0 + 1) }
    let square = vector.reduce(0) { $0 + $1 * $1 }
    let basis = Matrix(
      rows: size, columns: size,
      (0..<size * size).map { ($0 / size == $0 % size ? 1 : 0) - 2 * vector[$0 / size] * vector[$0 % size] / square })
    return Representation(irreps: irreps, changeOfBasis: basis, name: "mixture")
  }

  /// Fields of a larger group, seen by this one.
  private static func restricted(to group: Group) -> [Representation] {
    let (parent, id): (Group, SubgroupID)
    switch group.kind {
    case .cyclic(let order): (parent, id) = (.dihedral(order), .rotations(order))
    // The subgroup of a single reflection is named `Flip`.
    case .dihedral(1): return []
    case .dihedral(let order): (parent, id) = (.dihedral(2 * order), .dihedral(axis: 1, order))
    case .flip: (parent, id) = (.dihedral(2), .reflection(1))
    case .so2, .o2: return []
    }
    let fields = [parent.regularRepresentation, parent.trivialRepresentation]
    return fields.compactMap { try? $0.restricted(to: id) }
  }
}

extension FieldType {
  /// Whether every field has a capability.
  func has(_ capability: Capability) -> Bool {
    representations.allSatisfy { $0.capabilities.contains(capability) }
  }
}
