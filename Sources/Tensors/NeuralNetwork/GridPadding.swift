/// What `gridSample` reads outside of the grid.
public enum GridPadding: Int, Hashable, Sendable, Codable, CaseIterable {
  /// Zeros.
  case zeros = 0
  /// The nearest border pixel.
  case border = 1
  /// The grid mirrored at its border.
  case reflection = 2
}
