/// What a loss makes of its values.
public enum LossReduction: Int, Hashable, Sendable, Codable, CaseIterable {
  /// Keeps one value per element or sample.
  case none = 0
  /// Their mean, weighted where there are weights.
  case mean = 1
  /// Their sum.
  case sum = 2
}
