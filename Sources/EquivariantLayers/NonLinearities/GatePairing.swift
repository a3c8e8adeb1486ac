/// Which gate belongs to which field.
public enum GatePairing: String, Hashable, Sendable, Codable {
  /// The first gate belongs to the first gated field, the second to the second, and so on.
  case inOrder
  /// Gates are dealt to the gated fields in ascending order of size; fields of equal size keep their order.
  ///
  /// This is what e2cnn and escnn do. It differs only where gated fields of several sizes are mixed, and is needed
  /// there to use their weights.
  case byAscendingSize
}
