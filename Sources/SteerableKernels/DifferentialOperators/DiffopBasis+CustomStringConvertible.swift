extension DiffopBasis: CustomStringConvertible {
  /// Every element as a matrix of polynomials, one row of the matrix a line.
  public var description: String {
    (0..<dimension).map { index in
      symbols(index).map { row in row.map { "\($0)" }.joined(separator: "\t") }.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
