extension Group {
  /// Reads one representation: `trivial`, `regular`, `irrep(1)`, `irrep(1,2)`, `quotient(2)`, `quotient(None,2)`,
  /// `quotient((0,2))`, `induced((None,4),irrep(1))`, `sum(…)`, `tensor(…)`, `restricted(D8,(None,4),regular)`.
  ///
  /// It reads every `Representation.name` that the library makes up.
  ///
  /// **Throws**: `SymmetryError.invalidNotation` with the place and the reason.
  public func representation(_ notation: String) throws(SymmetryError) -> Representation {
    var parser = NotationParser(notation)
    return try parser.field(of: self)
  }

  /// Reads a list of fields such as `4 trivial + 2 irrep(1) + 8 regular`; copies are written out in the result.
  ///
  /// **Throws**: `SymmetryError.invalidNotation` with the place and the reason.
  public func representations(_ notation: String) throws(SymmetryError) -> [Representation] {
    var parser = NotationParser(notation)
    return try parser.fields(of: self)
  }
}
