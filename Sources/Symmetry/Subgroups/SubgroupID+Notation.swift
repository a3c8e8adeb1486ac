extension SubgroupID {
  /// Reads an id such as `4`, `(None,4)`, `(1,2)`, `(pi/4,1)` or `(None,-1)`.
  ///
  /// **Throws**: `SymmetryError.invalidNotation` with the place and the reason.
  public init(_ text: String) throws(SymmetryError) {
    var parser = NotationParser(text)
    self = try parser.subgroupID()
  }
}
