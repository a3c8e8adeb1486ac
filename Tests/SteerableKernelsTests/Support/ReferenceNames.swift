import Symmetry

/// The representation that the reference calls `name`.
func representation(_ name: String, _ group: Group) throws -> Representation {
  guard name.hasPrefix("irrep_") else { return group.regularRepresentation }
  return try group.irrep(id: name.dropFirst(6).split(separator: ",").compactMap { Int($0) })
}
