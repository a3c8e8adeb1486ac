internal import EquivariantLayers
internal import Symmetry
public import Training

/// The `model` section of the metamaterial study's own networks: one convolution and a dense layer.
public struct DenseHeadConfiguration: ConfigurationSection {
  /// The networks that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// A plain convolution with zeros around the image.
    case plain = "metamaterial-cnn"
    /// A plain convolution on the torus.
    case circular = "metamaterial-circular-cnn"
    /// A convolution with kernels that the group leaves as they are.
    case steerable = "metamaterial-steerable-cnn"
  }

  /// The network.
  public var kind: Kind
  /// The group of a steerable network: Flip, C2, C4 or D4; C1 for the others.
  public var group: String
  /// The channels of the convolution.
  public var channels: Int

  /// Creates settings; those left out are the published ones.
  public init(kind: Kind, group: String = "C1", channels: Int = 4) {
    self.kind = kind
    self.group = kind == .steerable ? group : "C1"
    self.channels = channels
  }

  /// Reads the `model` section.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    kind = try node.choice("kind", of: Kind.self)
    group = kind == .steerable ? try node.string("group") : "C1"
    guard let space = try? GSpace(group), !space.group.isContinuous else {
      throw node.invalid("group", "must be Flip, C2, C4, D4 or another finite group, found \"\(group)\"")
    }
    channels = try node.int("channels", default: 4, in: .within(1...256))
  }
}
