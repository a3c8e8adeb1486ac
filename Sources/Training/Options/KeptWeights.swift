/// Which weights a finished run leaves in `weights.safetensors`.
public enum KeptWeights: String, Codable, Hashable, Sendable, CaseIterable {
  /// Those after the last step.
  case last
  /// Those with the best validation metric.
  case best
}
