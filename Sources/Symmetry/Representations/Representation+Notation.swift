extension Representation {
  /// The text of a list of fields, such as `4 trivial + 2 irrep(1) + 8 regular`; runs of equal names are counted.
  ///
  /// `Group.representations(_:)` reads it back.
  public static func notation(for fields: [Representation]) -> String {
    var terms: [(count: Int, name: String)] = []
    for field in fields {
      if let last = terms.last, last.name == field.name {
        terms[terms.count - 1].count += 1
      } else {
        terms.append((1, field.name))
      }
    }
    return terms.map { $0.count == 1 ? $0.name : "\($0.count) \($0.name)" }.joined(separator: " + ")
  }
}
