/// The number format of the forward pass; weights and updates stay in 32 bits.
public enum Precision: String, Codable, Hashable, Sendable, CaseIterable {
  /// 32 bits throughout.
  case float32
  /// Convolutions and matrix products in bfloat16.
  case bfloat16
}
