/// What can be wrong with a request about groups and representations.
public enum SymmetryError: Error, Hashable, Sendable {
  /// A group name that is not understood.
  case unknownGroup(name: String)
  /// The group has no irrep with this id.
  case unknownIrrep(group: Group, id: [Int])
  /// The group has no such subgroup.
  case unknownSubgroup(group: Group, id: SubgroupID, reason: String)
  /// The request makes sense for finite groups only.
  case needsFiniteGroup(group: Group, request: String)
  /// A representation of another group was given.
  case wrongGroup(expected: Group, found: Group)
  /// The text of a representation or subgroup is not understood; `offset` counts characters from its start.
  case invalidNotation(text: String, offset: Int, reason: String)
  /// The matrices are not a representation of the group.
  case notARepresentation(group: Group, reason: String)
  /// The induction is not offered.
  case unsupportedInduction(group: Group, subgroup: SubgroupID, reason: String)
}
