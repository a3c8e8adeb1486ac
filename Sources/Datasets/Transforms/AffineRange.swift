import Foundation

/// The range that random affine maps of an image are drawn from.
///
/// **Reference**: affine distortions of digits: LeCun et al. 1998, "Gradient-based learning applied to document recognition".
public struct AffineRange: Hashable, Codable, Sendable {
  /// The largest rotation to either side.
  ///
  /// **Units**: degrees.
  public var rotation: Double
  /// The largest natural logarithm of the magnification, up or down; 0.1 is about ±10 %.
  public var scale: Double
  /// The largest slant, as the shift of a row or column per pixel of distance.
  public var shear: Double
  /// The largest shift along each axis.
  ///
  /// **Units**: pixels.
  public var shift: Double
  /// How values between pixels are estimated.
  public var interpolation: ImageInterpolation

  /// Creates a range; by default of the identity alone.
  public init(
    rotation: Double = 0, scale: Double = 0, shear: Double = 0, shift: Double = 0,
    interpolation: ImageInterpolation = .bicubic
  ) {
    self.rotation = rotation
    self.scale = scale
    self.shear = shear
    self.shift = shift
    self.interpolation = interpolation
  }

  func check() {
    precondition((0...180).contains(rotation), "Augmentation: rotation by ±\(rotation)°; expected 0 to 180")
    precondition((0...1).contains(scale), "Augmentation: scale ±\(scale); expected 0 to 1")
    precondition((0...1).contains(shear), "Augmentation: shear ±\(shear); expected 0 to 1")
    precondition(shift >= 0 && shift.isFinite, "Augmentation: shift by ±\(shift) pixels; expected 0 or more")
  }

  /// Draws a map.
  func warp(shape: ImageShape, background: Float, rng: inout SeededGenerator) -> ImageWarp {
    let angle = rng.uniform(-rotation, rotation) * .pi / 180
    let factor = exp(-rng.uniform(-scale, scale))
    let slant = rng.uniform(-shear, shear)
    // A slant along an axis of any direction: R(a) · [1 s; 0 1] · R(-a).
    let axis = rng.uniform(0, .pi)
    let (c, s) = (cos(axis), sin(axis))
    let (xx, xy) = (1 - slant * s * c, slant * c * c)
    let (yx, yy) = (-slant * s * s, 1 + slant * s * c)
    // The inverse of a counter-clockwise rotation maps output to input positions.
    let (cosine, sine) = (factor * cos(angle), factor * sin(angle))
    return ImageWarp(
      ImageWarp.Matrix(
        xx: cosine * xx + sine * yx, xy: cosine * xy + sine * yy, yx: -sine * xx + cosine * yx,
        yy: -sine * xy + cosine * yy),
      shift: (rng.uniform(-shift, shift), rng.uniform(-shift, shift)), shape: shape, interpolation: interpolation,
      background: background)
  }
}
