internal import EquivariantLayers
internal import Symmetry
public import Training

/// The `model` section of an `ElasticityNetwork`.
public struct ElasticityNetworkConfiguration: ConfigurationSection {
  /// One circular convolution.
  public struct Block: ConfigurationSection {
    /// The channels; divided by the order of the group they are the regular fields.
    public var channels: Int
    /// The edge of the kernels in pixels.
    public var kernelSize: Int
    /// The distance between positions that are computed in training.
    public var stride: Int

    /// Creates settings.
    public init(channels: Int, kernelSize: Int = 3, stride: Int = 1) {
      self.channels = channels
      self.kernelSize = kernelSize
      self.stride = stride
    }

    /// Reads one entry of `model.blocks`.
    public init(_ node: ConfigurationNode) throws(ConfigurationError) {
      channels = try node.int("channels", in: .within(1...1024))
      kernelSize = try node.int("kernelSize", default: 3, in: .within(1...15))
      stride = try node.int("stride", default: 1, in: .within(1...8))
      if kernelSize % 2 == 0 { throw node.invalid("kernelSize", "must be odd, found \(kernelSize)") }
    }
  }

  /// The group: C1, C2, C4, D1, D2, D4, Flip, and larger ones, which are exact on the pixel grid's symmetries only.
  public var group: String
  /// The convolutions, in order.
  public var blocks: [Block]
  /// The channels of the hidden layer behind the mean.
  public var head: Int

  /// Creates settings; channel counts are the same for every group, and so is the cost.
  public init(group: String = "D4", blocks: [Block] = Self.standardBlocks, head: Int = 64) {
    self.group = group
    self.blocks = blocks
    self.head = head
  }

  /// The convolutions of the study.
  public static let standardBlocks = [
    Block(channels: 16, kernelSize: 5, stride: 2), Block(channels: 32, stride: 2), Block(channels: 32),
    Block(channels: 32),
  ]

  /// Reads the `model` section.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    _ = try node.string("kind")
    group = try node.string("group", default: "D4")
    guard let space = try? GSpace(group), let order = space.group.order, order <= 64 else {
      throw node.invalid(
        "group", "must be C1, C2, C4, D4, Flip or another finite group of at most 64 elements, found \"\(group)\"")
    }
    let sections = try node.sections("blocks")
    blocks = sections.isEmpty ? Self.standardBlocks : []
    for section in sections {
      let block = try Block(section)
      if block.channels % order != 0 {
        throw section.invalid(
          "channels", "must be a multiple of \(order), the order of \(group), found \(block.channels)")
      }
      blocks.append(block)
    }
    head = try node.int("head", default: 64, in: .within(1...4096))
    if head % order != 0 {
      throw node.invalid("head", "must be a multiple of \(order), the order of \(group), found \(head)")
    }
    if let block = blocks.first(where: { $0.channels % order != 0 }) {
      throw node.invalid(
        "group", "has \(order) elements, which do not divide the \(block.channels) channels of a block")
    }
  }
}
