public import Symmetry

/// The type of a feature field: a space and an ordered list of representations, one for each field.
///
/// Channels are **field-major**: the channels of field 0 come first, in the order of its representation's basis,
/// then those of field 1.
/// Two types are equal when their spaces and their lists of representations (changes of basis included) are.
///
/// ```swift
/// let c8 = GSpace.rotations(8)
/// let type = FieldType(c8, 4 * c8.trivial + 8 * c8.regular)     // 4 scalars, 8 regular fields, 68 channels
/// let same = try FieldType("4 trivial + 8 regular", on: c8)
/// ```
///
/// **escnn**: `FieldType`.
public struct FieldType: Sendable {
  package let storage: FieldTypeStorage

  /// Creates a type from one representation for each field.
  ///
  /// **Traps**: if the list is empty or a representation belongs to another group than the space's.
  public init(_ space: GSpace, _ representations: [Representation]) {
    require(!representations.isEmpty, "FieldType", "a type needs at least one field")
    for representation in representations where representation.group != space.group {
      fail(
        "FieldType",
        "representation \(representation.name) belongs to \(representation.group.name), the space to \(space.group.name)"
      )
    }
    storage = FieldTypeStorage(space: space, representations: representations)
  }

  /// Creates a type with a single field.
  public init(_ space: GSpace, _ representation: Representation) {
    self.init(space, [representation])
  }

  /// Reads text such as `4 trivial + 2 irrep(1) + 8 regular`.
  ///
  /// **Throws**: `SymmetryError` with the part that is not understood.
  public init(_ notation: String, on space: GSpace) throws(SymmetryError) {
    self.init(space, try space.group.representations(notation))
  }

  /// The space on which the fields live.
  public var space: GSpace { storage.space }

  /// The group of the space.
  public var group: Group { storage.space.group }

  /// The representation of each field.
  public var representations: [Representation] { storage.representations }

  /// The number of channels.
  public var size: Int { storage.size }

  /// The number of fields.
  public var count: Int { storage.representations.count }

  /// The channels of each field.
  public var channels: [Range<Int>] { storage.channels }

  /// Whether all fields have the same representation.
  public var isUniform: Bool { storage.distinct.count == 1 }

  /// Whether every field has trivial representation.
  public var isInvariant: Bool { storage.distinct.allSatisfy(\.isTrivial) }

  /// The different representations, in order of first appearance.
  public var distinctRepresentations: [Representation] { storage.distinct }

  /// The field to which each channel belongs.
  package var fieldOfChannel: [Int] {
    channels.enumerated().flatMap { field, range in Array(repeating: field, count: range.count) }
  }

  /// Whether every field's representation has a capability.
  package func allFields(_ capability: Capability) -> Bool {
    storage.distinct.allSatisfy { $0.capabilities.contains(capability) }
  }

  /// The matrix by which an element acts on all channels.
  ///
  /// **Complexity**: `size²`; for looking at, not for transforming tensors.
  public func matrix(_ element: GroupElement) -> Matrix {
    Matrix.blockDiagonal(representations.map { $0.matrix(element) })
  }

  /// The type of the fields at some positions, in the order given.
  public func selecting(_ fields: some Sequence<Int>) -> FieldType {
    FieldType(space, fields.map { representation(at: $0) })
  }

  /// The type of a range of fields.
  public subscript(fields: Range<Int>) -> FieldType { selecting(fields) }

  private func representation(at field: Int) -> Representation {
    require(
      representations.indices.contains(field), "FieldType", "field \(field) of \(self), which has \(count) fields")
    return representations[field]
  }

  /// The fields in ascending order of size, where fields of equal size keep their order.
  public func sorted() -> FieldType {
    selecting(sortedFieldOrder)
  }

  /// The positions of the fields in ascending order of size.
  package var sortedFieldOrder: [Int] {
    representations.indices.sorted { (representations[$0].size, $0) < (representations[$1].size, $1) }
  }

  /// One type for each label, with the fields that carry it.
  ///
  /// **Traps**: unless there is one label for each field.
  public func grouped<Label: Hashable>(by labels: [Label]) -> [Label: FieldType] {
    require(labels.count == count, "FieldType.grouped", "\(labels.count) labels for \(count) fields")
    return Dictionary(grouping: representations.indices, by: { labels[$0] }).mapValues { selecting($0) }
  }

  /// The same fields seen as fields of a subgroup.
  ///
  /// **Throws**: `SymmetryError` if the group has no such subgroup.
  public func restricted(to id: SubgroupID) throws(SymmetryError) -> FieldType {
    let child = try space.restricted(to: id).space
    var restricted: [Representation] = []
    for representation in storage.distinct { restricted.append(try representation.restricted(to: id)) }
    let indices = storage.distinctIndex
    return FieldType(child, indices.map { restricted[$0] })
  }

  /// Joins the fields of two types on the same space.
  public static func + (lhs: FieldType, rhs: FieldType) -> FieldType {
    require(lhs.space == rhs.space, "FieldType", "cannot join \(lhs) and \(rhs): their spaces differ")
    return FieldType(lhs.space, lhs.representations + rhs.representations)
  }
}
