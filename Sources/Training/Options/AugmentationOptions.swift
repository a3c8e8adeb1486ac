public import Datasets

/// Random changes of the training images: the `training.augmentation` section.
public struct AugmentationOptions: Codable, Hashable, Sendable {
  /// The largest rotation to either side, in degrees; 180 covers all angles, 0 rotates nothing.
  public var rotation: Double
  /// The largest change of size, as a natural logarithm: 0.1 magnifies or shrinks by up to about 10 %.
  public var scale: Double
  /// The largest slant, as the shift of a row or column per pixel of distance.
  public var shear: Double
  /// How rotated, scaled and slanted images are resampled.
  public var interpolation: ImageInterpolation
  /// Whether half of the images are mirrored left to right.
  public var flips: Bool
  /// The pixels of margin that a random crop to the original size may shift by; 0 crops nothing.
  public var crop: Int
  /// The side in pixels of a square that is covered with the mean color; 0 covers nothing.
  public var cutout: Int
  /// Whether the validation images are changed, too, anew for each evaluation.
  ///
  /// Some published studies do so; it makes the choice of the best weights noisier.
  public var validation: Bool

  /// Creates options.
  public init(
    rotation: Double = 0, scale: Double = 0, shear: Double = 0, interpolation: ImageInterpolation = .bilinear,
    flips: Bool = false, crop: Int = 0, cutout: Int = 0, validation: Bool = false
  ) {
    self.rotation = rotation
    self.scale = scale
    self.shear = shear
    self.interpolation = interpolation
    self.flips = flips
    self.crop = crop
    self.cutout = cutout
    self.validation = validation
  }

  /// Whether the images stay as they are.
  public var isIdentity: Bool {
    rotation == 0 && scale == 0 && shear == 0 && !flips && crop == 0 && cutout == 0
  }
}

extension AugmentationOptions: ConfigurationSection {
  /// Reads the `training.augmentation` section; `rotation` is `none` or a number of degrees.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init()
    if node.holdsText("rotation") {
      _ = try node.string("rotation", oneOf: ["none"])
    } else {
      rotation = try node.double("rotation", default: rotation, in: .within(0...180))
    }
    scale = try node.double("scale", default: scale, in: .within(0...1))
    shear = try node.double("shear", default: shear, in: .within(0...1))
    interpolation = try node.choice("interpolation", default: interpolation)
    flips = try node.bool("flips", default: flips)
    crop = try node.int("crop", default: crop, in: .within(0...64))
    cutout = try node.int("cutout", default: cutout, in: .within(0...512))
    validation = try node.bool("validation", default: validation)
  }
}

extension ConfigurationNode {
  /// Whether a text, rather than a number, stands under `key`.
  func holdsText(_ key: String) -> Bool {
    guard let tree = tree(key), case .scalar(let scalar) = tree.content else { return false }
    return scalar.kind == .text
  }
}
