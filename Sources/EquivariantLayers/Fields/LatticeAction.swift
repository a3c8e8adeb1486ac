/// A symmetry of the pixel grid: rows reversed or not, then quarter turns counter-clockwise.
public struct LatticeAction: Hashable, Sendable {
  /// Whether the rows are reversed first.
  public let reversesRows: Bool

  /// The number of counter-clockwise quarter turns, 0 to 3, that follow.
  public let quarterTurns: Int
}
