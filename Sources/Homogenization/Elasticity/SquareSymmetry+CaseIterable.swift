extension SquareSymmetry: CaseIterable {
  /// All eight, the identity first.
  public static let allCases: [SquareSymmetry] = [false, true].flatMap { transposes in
    [false, true].flatMap { rows in
      [false, true].map { SquareSymmetry(transposes: transposes, reversesRows: rows, reversesColumns: $0) }
    }
  }
}
