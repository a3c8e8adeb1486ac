/// How `gridSample` finds values between pixels.
public enum GridSampleMode: Int, Hashable, Sendable, Codable, CaseIterable {
  /// A linear blend of the neighbors.
  case bilinear = 0
  /// The nearest pixel.
  case nearest = 1
  /// A cubic convolution; planes only.
  case bicubic = 2
}
