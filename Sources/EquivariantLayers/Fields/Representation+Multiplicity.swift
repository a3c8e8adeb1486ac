public import Symmetry

/// A list with `count` copies of a representation, for the fields of a type.
///
/// Lists are joined with `+`: `4 * c8.trivial + 8 * c8.regular`.
public func * (count: Int, representation: Representation) -> [Representation] {
  require(count >= 0, "FieldType", "\(count) copies of \(representation.name)")
  return Array(repeating: representation, count: count)
}
