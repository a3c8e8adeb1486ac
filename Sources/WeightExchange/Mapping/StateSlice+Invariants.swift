import Symmetry

/// Numbers of theirs for numbers of ours, where they are not the same.
extension StateSlice {
  /// The columns of the change of basis that the group leaves alone, of a representation of `size` channels.
  private static func invariantColumns(_ representation: Representation) -> [Int] {
    var columns: [Int] = []
    var column = 0
    for irrep in representation.irreps {
      if irrep.isTrivial { columns.append(column) }
      column += irrep.size
    }
    return columns
  }

  /// How many numbers theirs has for `count` of ours.
  func foreignCount(_ count: Int) -> Int {
    guard let representation = invariantVectors else { return count }
    let directions = Self.invariantColumns(representation).count
    return directions == 0 ? 0 : count / directions * representation.size
  }

  /// Our numbers for theirs, and the part of theirs that is not invariant, relative to their norm.
  func ours(for theirs: [Double]) -> (values: [Double], residual: Double) {
    guard let representation = invariantVectors else { return (theirs, 0) }
    let columns = Self.invariantColumns(representation)
    let inverse = representation.changeOfBasisInverse
    let values = stride(from: 0, to: theirs.count, by: representation.size).flatMap { start in
      columns.map { column in
        (0..<representation.size).reduce(0) { $0 + inverse[column, $1] * theirs[start + $1] }
      }
    }
    let lost = zip(theirs, self.theirs(for: values)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let total = theirs.reduce(0) { $0 + $1 * $1 }
    return (values, total > 0 ? (lost / total).squareRoot() : 0)
  }

  /// Their numbers for ours.
  func theirs(for ours: [Double]) -> [Double] {
    guard let representation = invariantVectors else { return ours }
    let columns = Self.invariantColumns(representation)
    guard !columns.isEmpty else { return [] }
    return stride(from: 0, to: ours.count, by: columns.count).flatMap { start in
      (0..<representation.size).map { row in
        columns.indices.reduce(0) { $0 + representation.changeOfBasis[row, columns[$1]] * ours[start + $1] }
      }
    }
  }
}
