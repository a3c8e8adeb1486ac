package import Tensors

/// How an image is read between its pixels.
public enum Interpolation: String, Hashable, Sendable, Codable, CaseIterable {
  /// The value of the nearest pixel.
  case nearest
  /// A weighted mean of the 4 pixels around.
  case bilinear
  /// A cubic spline through the 16 pixels around; sharper than bilinear.
  case bicubic
}

extension Interpolation {
  /// The engine's name for the rule.
  package var gridSampleMode: GridSampleMode {
    switch self {
    case .nearest: .nearest
    case .bilinear: .bilinear
    case .bicubic: .bicubic
    }
  }
}
