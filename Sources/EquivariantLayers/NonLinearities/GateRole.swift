/// What a field is to a gated nonlinearity.
public enum GateRole: String, Hashable, Sendable, Codable {
  /// The field holds the gate of another field.
  case gate
  /// The field is multiplied by its gate.
  case gated
}
