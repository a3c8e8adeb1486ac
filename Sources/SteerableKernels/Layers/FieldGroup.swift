import Symmetry

/// The fields of a list that share one representation.
struct FieldGroup: Sendable {
  let representation: Representation
  var fields: [Int] = []
  var offsets: [Int] = []

  /// Whether the channels of the fields form one range.
  var isContiguous: Bool {
    offsets.enumerated().allSatisfy { $1 == offsets[0] + $0 * representation.size }
  }

  /// The name by which the reference sorts representations: irreps go by `irrep_` and their id, the others by their name.
  private var sortingName: String {
    guard representation.isIrreducible else { return representation.name }
    let irrep = representation.irreps[0]
    return ["trivial", irrep.description].contains(representation.name) ? irrep.name : representation.name
  }

  /// The groups of `fields`, sorted by the names that the reference gives to their representations.
  static func groups(of fields: [Representation]) -> [FieldGroup] {
    var groups: [FieldGroup] = []
    var byName: [String: [Int]] = [:]
    var channel = 0
    for (position, representation) in fields.enumerated() {
      let known = byName[representation.name, default: []].first { groups[$0].representation == representation }
      let index = known ?? groups.count
      if known == nil {
        groups.append(FieldGroup(representation: representation))
        byName[representation.name, default: []].append(index)
      }
      groups[index].fields.append(position)
      groups[index].offsets.append(channel)
      channel += representation.size
    }
    // Representations of one name keep the order in which they first occur.
    return groups.enumerated()
      .sorted { ($0.element.sortingName, $0.offset) < ($1.element.sortingName, $1.offset) }
      .map(\.element)
  }
}
