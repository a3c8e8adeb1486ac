internal import CTorchShim

/// How values between pixels are found when a grid is resized.
public enum InterpolationMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// The pixel at the rounded-down position, as PyTorch's `nearest`.
  case nearest
  /// The nearest pixel, as PyTorch's `nearest-exact`.
  case nearestExact
  /// A linear blend of 2 values; signals.
  case linear
  /// A linear blend of 4 pixels; planes.
  case bilinear
  /// A linear blend of 8 voxels; volumes.
  case trilinear
  /// A cubic convolution of 16 pixels; planes.
  case bicubic

  var spatialRanks: ClosedRange<Int> {
    switch self {
    case .nearest, .nearestExact: 1...3
    case .linear: 1...1
    case .bilinear, .bicubic: 2...2
    case .trilinear: 3...3
    }
  }

  var native: TSInterpolation {
    switch self {
    case .nearest: .nearest
    case .nearestExact: .nearestExact
    case .linear, .bilinear, .trilinear: .linear
    case .bicubic: .cubic
    }
  }
}
