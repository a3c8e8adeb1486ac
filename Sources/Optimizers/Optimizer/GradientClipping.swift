/// A limit for gradients.
public enum GradientClipping: Hashable, Sendable, Codable {
  /// The largest Euclidean norm of all gradients together.
  case norm(Double)
  /// The largest magnitude of each element.
  case value(Double)
}
