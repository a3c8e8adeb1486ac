/// Which of a pair of Fourier transforms divides by the number of elements n.
public enum FourierNormalization: String, Hashable, Sendable, Codable, CaseIterable {
  /// The inverse transform divides by n.
  case backward
  /// Both divide by √n, which makes them isometries.
  case orthonormal = "ortho"
  /// The forward transform divides by n.
  case forward
}
