/// What kinds of layers a representation may pass through without losing equivariance.
///
/// **escnn**: the strings of `supported_nonlinearities`.
public enum Capability: Hashable, Sendable {
  /// The group permutes the coordinates, so any function may act on each of them.
  case pointwise
  /// The group preserves the norm.
  case norm
  /// A scalar gate may multiply the field.
  case gated
  /// The field may be a gate.
  case gate
  /// The group permutes coordinates up to signs.
  case concatenated
  /// The regular representation of C_N, N ≥ 3, whose maximum points in a direction.
  case vectorField
  /// The group permutes sub-fields of this size and preserves their norms.
  case inducedNorm(Int)
  /// Each sub-field of this size may be multiplied by its own gate.
  case inducedGated(Int)
  /// The field may hold one gate per sub-field.
  case inducedGate
}
