import Symmetry
import TestSupport

/// Every group under test.
let groups: [Group] =
  (1...8).map(Group.cyclic) + (1...8).map(Group.dihedral) + [.flip, .so2, .o2]

/// All irreps of a group (up to frequency 4), its regular and a few quotient representations, and a dense mixture.
func fields(of group: Group) throws -> [Representation] {
  var fields = group.irreps(maximumFrequency: group.isContinuous ? 4 : nil).map(Representation.init)
  let irreps = fields.flatMap(\.irreps)
  var rng = SplitMix(7)
  // A change of basis that is invertible but not orthogonal.
  let mixture = [irreps[irreps.count - 1], irreps[0], irreps[irreps.count / 2]]
  let size = mixture.reduce(0) { $0 + $1.size }
  let noise = (0..<size * size).map { _ in Double.random(in: -0.3...0.3, using: &rng) }
  fields.append(
    Representation(
      irreps: mixture, changeOfBasis: Matrix.identity(size) + Matrix(rows: size, columns: size, noise), name: "mixture")
  )
  if !group.isContinuous { fields.append(group.regularRepresentation) }
  if case .cyclic(let order) = group.kind, order % 2 == 0 {
    fields.append(try group.quotientRepresentation(.rotations(2)))
  }
  if case .dihedral(let order) = group.kind {
    fields.append(try group.quotientRepresentation(.reflection(0)))
    fields.append(try group.quotientRepresentation(.rotations(order)))
  }
  return fields
}
