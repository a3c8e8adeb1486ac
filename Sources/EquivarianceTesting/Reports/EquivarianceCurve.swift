/// The error of a function under rotations by many angles.
public struct EquivarianceCurve: Codable, Hashable, Sendable {
  /// One angle with its error.
  public struct Point: Codable, Hashable, Sendable {
    /// The angle in degrees, counter-clockwise.
    public var degrees: Double

    /// Whether the rotation maps the pixel grid to itself.
    public var isLattice: Bool

    /// Whether the group contains the rotation, so that fields are compared channel by channel; else by their norms.
    public var isInGroup: Bool

    /// The largest absolute difference.
    public var maximum: Double

    /// The mean absolute difference.
    public var mean: Double

    /// The Euclidean norm of the difference divided by that of the rotated output.
    public var relative: Double
  }

  /// What was tested.
  public var name: String

  /// The errors in the order of the angles.
  public var points: [Point]
}
