/// A validation metric that decides which weights are the best.
public enum WatchedMetric: String, Codable, Hashable, Sendable, CaseIterable {
  /// The share of correct predictions; more is better.
  case accuracy
  /// The mean loss; less is better.
  case loss

  /// Whether `value` is better than `best` by more than `change`.
  public func isImprovement(_ value: Double, over best: Double?, by change: Double = 0) -> Bool {
    // A first value that is not a number would never be surpassed.
    if value.isNaN { return false }
    guard let best else { return true }
    return switch self {
    case .accuracy: value > best + change
    case .loss: value < best - change
    }
  }
}
