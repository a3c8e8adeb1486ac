/// How far a function is from commuting with one group element.
public struct ElementError: Codable, Hashable, Sendable {
  /// The element: `e`, `r3`, `r3·f` in finite groups, `r(45.0°)·f` in continuous ones.
  public var element: String

  /// Whether the element maps the pixel grid to itself, so that an exact function has no error but rounding.
  public var isLattice: Bool

  /// The angle of the element's rotation, in degrees.
  public var degrees: Double

  /// The largest absolute difference between `f(g · x)` and `g · f(x)`; the largest finite number when it is not
  /// finite or the
  /// shapes differ.
  public var maximum: Double

  /// The mean absolute difference.
  public var mean: Double

  /// The Euclidean norm of the difference divided by that of `g · f(x)`.
  public var relative: Double
}
