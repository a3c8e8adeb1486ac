internal import EquivariantLayers
internal import Symmetry
public import Training

/// The `model` section of a network of blocks: a steerable one, or a plain one to compare with.
public struct CNNConfiguration: ConfigurationSection {
  /// The networks that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case steerable = "steerable-cnn"
    case plain = "plain-cnn"
  }

  /// The functions between the layers.
  public enum Nonlinearity: String, Codable, CaseIterable, Sendable {
    case relu
    case elu
  }

  /// The network.
  public var kind: Kind
  /// The symmetry group: C1, C8, D4, SO2, O2 or Flip.
  public var group: String
  /// The angle of the mirror line in degrees, for groups with reflections.
  public var axis: Double
  /// Side that images are padded to with zeros, at the right and the bottom; nil keeps them as they are.
  public var inputSide: Int?
  /// Margin of the circular mask over the input in percent of its radius; nil for no mask.
  public var maskMargin: Double?
  /// The convolutions, in order.
  public var blocks: [BlockConfiguration]
  /// The function after each convolution.
  public var nonlinearity: Nonlinearity
  /// Widths of the hidden layers of the classifier that follows the invariant features.
  public var head: [Int]
  /// Probability of dropout before the last layer.
  public var dropout: Double

  /// Creates options.
  public init(
    kind: Kind, group: String = "C8", axis: Double = 90, inputSide: Int? = nil, maskMargin: Double? = nil,
    blocks: [BlockConfiguration], nonlinearity: Nonlinearity = .relu, head: [Int] = [64], dropout: Double = 0
  ) {
    self.kind = kind
    self.group = group
    self.axis = axis
    self.inputSide = inputSide
    self.maskMargin = maskMargin
    self.blocks = blocks
    self.nonlinearity = nonlinearity
    self.head = head
    self.dropout = dropout
  }

  /// Reads the `model` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    kind = try node.choice("kind", of: Kind.self)
    group = kind == .steerable ? try node.string("group") : "C1"
    if (try? GSpace(group)) == nil {
      throw node.invalid("group", "must be C1, C2, …, D1, D2, …, SO2, O2 or Flip, found \"\(group)\"")
    }
    if let order = (try? GSpace(group))?.group.rotationOrder, order > Self.largestOrder {
      throw node.invalid("group", "has \(order) rotations, allowed are up to \(Self.largestOrder); SO2 and O2 have all")
    }
    axis = kind == .steerable ? try node.double("axis", default: 90, in: .within(0...360)) : 90
    inputSide = try node.optionalInt("inputSide", in: .within(1...4096))
    maskMargin = try node.optionalDouble("maskMargin", in: .from(0, below: 100))
    let sections = try node.sections("blocks")
    blocks = []
    for section in sections { blocks.append(try BlockConfiguration(section)) }
    if blocks.isEmpty { throw node.invalid("blocks", "must list at least one block") }
    nonlinearity = try node.choice("nonlinearity", default: .relu)
    head = try node.ints("head", default: [64], in: .within(1...65536))
    dropout = try node.double("dropout", default: 0, in: .from(0, below: 1))
    try checkFields(node, sections)
  }

  /// More rotations than these tell nothing apart on a grid of pixels, and their kernels would take long to build.
  private static let largestOrder = 256
  /// The largest number of channels of a block.
  private static let largestWidth = 16_384

  /// Fields and kernels are checked here, where the line of the file is still known.
  private func checkFields(_ node: ConfigurationNode, _ sections: [ConfigurationNode]) throws(ConfigurationError) {
    var type: FieldType?
    var memory = ModelMemory()
    var channels = 1
    for (index, (section, block)) in zip(sections, blocks).enumerated() {
      switch kind {
      case .plain:
        guard section.has("channels") else {
          throw section.invalid("fields", "belongs to steerable networks; a plain network has \"channels: 32\"")
        }
        let out = Int(block.fields) ?? 0
        do {
          try memory.add(filter: [out, channels, block.kernelSize * block.kernelSize], layer: "block \(index)")
        } catch {
          throw section.invalid("channels", "cannot be used: \(error)")
        }
        channels = out
      case .steerable:
        guard !section.has("channels") else {
          throw section.invalid("channels", "belongs to plain networks; a steerable one has fields: \"8 regular\"")
        }
        let out: FieldType
        do {
          out = try SteerableCNN.hiddenType(block.fields, group: group, axis: axis)
        } catch {
          throw section.invalid("fields", "cannot be used: \(error)")
        }
        guard out.size <= Self.largestWidth else {
          throw section.invalid("fields", "has \(out.size) channels, allowed are up to \(Self.largestWidth)")
        }
        let input = type ?? FieldType(out.space, out.space.trivial)
        do {
          try memory.add(
            filter: [out.size, input.size, block.kernelSize * block.kernelSize], layer: "block \(index)")
          try SteerableCNN.checkKernels(from: input, to: out, block: block, index: index)
        } catch {
          throw section.invalid("kernelSize", "cannot be used: \(error)")
        }
        type = out
        channels = out.count
      }
    }
    for (index, width) in head.enumerated() {
      do {
        try memory.add(filter: [width, channels], layer: "head.\(index)")
      } catch {
        throw node.invalid("head", "cannot be used: \(error)")
      }
      channels = width
    }
  }
}
