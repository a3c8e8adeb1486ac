/// Random changes of the training images: the `training.augmentation` section.
public struct AugmentationOptions: Codable, Hashable, Sendable {
  /// The largest rotation to either side, in degrees; 180 covers all angles, 0 rotates nothing.
  public var rotation: Double
  /// Whether half of the images are mirrored left to right.
  public var flips: Bool
  /// The pixels of margin that a random crop to the original size may shift by; 0 crops nothing.
  public var crop: Int
  /// The side in pixels of a square that is covered with the mean color; 0 covers nothing.
  public var cutout: Int

  /// Creates options.
  public init(rotation: Double = 0, flips: Bool = false, crop: Int = 0, cutout: Int = 0) {
    self.rotation = rotation
    self.flips = flips
    self.crop = crop
    self.cutout = cutout
  }

  /// Whether the images stay as they are.
  public var isIdentity: Bool { rotation == 0 && !flips && crop == 0 && cutout == 0 }
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
    flips = try node.bool("flips", default: flips)
    crop = try node.int("crop", default: crop, in: .within(0...64))
    cutout = try node.int("cutout", default: cutout, in: .within(0...512))
  }
}

extension ConfigurationNode {
  /// Whether a text, rather than a number, stands under `key`.
  func holdsText(_ key: String) -> Bool {
    guard let tree = tree(key), case .scalar(let scalar) = tree.content else { return false }
    return scalar.kind == .text
  }
}
