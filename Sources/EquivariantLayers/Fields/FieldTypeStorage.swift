package import Symmetry

/// What a field type computes once and shares between its copies.
package final class FieldTypeStorage: Sendable {
  package let space: GSpace
  package let representations: [Representation]
  package let distinct: [Representation]
  package let distinctIndex: [Int]
  package let channels: [Range<Int>]
  package let size: Int

  package init(space: GSpace, representations: [Representation]) {
    self.space = space
    self.representations = representations
    var distinct: [Representation] = []
    var indices: [Int] = []
    var channels: [Range<Int>] = []
    var offset = 0
    indices.reserveCapacity(representations.count)
    for representation in representations {
      if let last = indices.last, Self.areSame(distinct[last], representation) {
        indices.append(last)
      } else if let known = distinct.firstIndex(where: { Self.areSame($0, representation) }) {
        indices.append(known)
      } else {
        indices.append(distinct.count)
        distinct.append(representation)
      }
      channels.append(offset..<(offset + representation.size))
      offset += representation.size
    }
    self.distinct = distinct
    self.distinctIndex = indices
    self.channels = channels
    self.size = offset
  }

  /// Whether two representations share a place among the different ones: equal, and of one name.
  private static func areSame(_ a: Representation, _ b: Representation) -> Bool { a.name == b.name && a == b }
}
