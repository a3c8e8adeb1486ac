internal import EquivariantLayers
internal import SteerableKernels
internal import Symmetry
public import Training

/// The `model` section of a wide residual network: a steerable one as in the examples of e2cnn, or a plain one.
///
/// **Reference**: Zagoruyko and Komodakis, "Wide Residual Networks", BMVC 2016; Weiler and Cesa, NeurIPS 2019, section 3.
public struct WideResNetConfiguration: ConfigurationSection {
  /// The networks that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case steerable = "steerable-wide-resnet"
    case plain = "wide-resnet"
  }

  /// The network.
  public var kind: Kind
  /// The number of layers, 6n + 4 for n blocks in each of the three stages.
  public var depth: Int
  /// The factor k of the widths 16k, 32k and 64k of the stages.
  public var widen: Int
  /// Probability of dropout inside of each block.
  public var dropout: Double
  /// The stride of the first stage; the others have 2.
  public var initialStride: Int
  /// Side that images are padded to with zeros, at the right and the bottom; nil keeps them as they are.
  public var inputSide: Int?
  /// The edge of the kernels inside of blocks; nil for 3, or 5 where a group has rotations by less than 90°.
  public var kernelSize: Int?
  /// The edge of the kernels of the first convolution.
  public var stemKernelSize: Int
  /// The weight of a new batch in the running statistics of the last batch norm.
  public var finalMomentum: Double

  /// The number of rotations of the group that the network begins with.
  public var rotations: Int
  /// Whether the group has reflections.
  public var flips: Bool
  /// The angle of the mirror line in degrees.
  public var axis: Double
  /// Where the group becomes smaller.
  ///
  /// 0 nowhere; 1 half of the rotations are kept after the second stage; 2 half of them after the first; 3 half of them
  /// after the first stage and none after the second. Reflections are kept.
  public var restriction: Int
  /// Whether the stages have about as many parameters as those of the plain network, rather than as many channels.
  public var fixParameters: Bool
  /// The band limit of all kernels: "default", "-2", "-3", or a number c for the rule c·r.
  public var cutoff: String
  /// Whether convolutions begin as random orthogonal maps at the center of the kernel.
  public var deltaOrthogonal: Bool
  /// Whether the last convolution maps to invariant fields; else the maximum over each field does.
  public var convToTrivial: Bool
  /// Whether fields of a restricted group are split into its orbits; the original leaves them whole.
  public var splitRestricted: Bool

  /// Creates settings.
  public init(
    kind: Kind = .steerable, depth: Int, widen: Int, dropout: Double = 0.3, initialStride: Int = 1,
    inputSide: Int? = nil, kernelSize: Int? = nil, stemKernelSize: Int? = nil, finalMomentum: Double = 0.9,
    rotations: Int = 8, flips: Bool = true, axis: Double = 90, restriction: Int = 0, fixParameters: Bool = true,
    cutoff: String = "3", deltaOrthogonal: Bool = false, convToTrivial: Bool = true, splitRestricted: Bool = false
  ) {
    self.kind = kind
    self.depth = depth
    self.widen = widen
    self.dropout = dropout
    self.initialStride = initialStride
    self.inputSide = inputSide
    self.kernelSize = kernelSize
    self.stemKernelSize = stemKernelSize ?? (kind == .steerable ? 5 : 3)
    self.finalMomentum = finalMomentum
    self.rotations = rotations
    self.flips = flips
    self.axis = axis
    self.restriction = restriction
    self.fixParameters = fixParameters
    self.cutoff = cutoff
    self.deltaOrthogonal = deltaOrthogonal
    self.convToTrivial = convToTrivial
    self.splitRestricted = splitRestricted
  }

  /// Reads the `model` section; a plain network has none of the keys about symmetry.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let kind = try node.choice("kind", of: Kind.self)
    self.init(kind: kind, depth: 10, widen: 1, finalMomentum: kind == .steerable ? 0.9 : 0.1)
    depth = try node.int("depth", in: .within(10...1000))
    guard (depth - 4).isMultiple(of: 6) else {
      throw node.invalid("depth", "must be 6n + 4, such as 10, 16, 22 or 28, found \(depth)")
    }
    widen = try node.int("widen", in: .within(1...64))
    dropout = try node.double("dropout", default: dropout, in: .from(0, below: 1))
    initialStride = try node.int("initialStride", default: initialStride, in: .within(1...4))
    inputSide = try node.optionalInt("inputSide", in: .within(1...4096))
    kernelSize = try node.optionalInt("kernelSize", in: .within(1...31))
    stemKernelSize = try node.int("stemKernelSize", default: stemKernelSize, in: .within(1...31))
    for (key, size) in [("kernelSize", kernelSize ?? 3), ("stemKernelSize", stemKernelSize)] where size % 2 == 0 {
      throw node.invalid(key, "must be odd, so that maps keep their size, found \(size)")
    }
    finalMomentum = try node.double("finalMomentum", default: finalMomentum, in: .within(0...1))
    if kind == .steerable { try readSymmetry(node) }
    do {
      try checkMemory()
    } catch {
      throw node.invalid("widen", "makes a network that cannot be built: \(error)")
    }
  }

  private mutating func readSymmetry(_ node: ConfigurationNode) throws(ConfigurationError) {
    rotations = try node.int("rotations", in: .within(1...64))
    flips = try node.bool("flips", default: flips)
    axis = try node.double("axis", default: axis, in: .within(0...360))
    restriction = try node.int("restriction", default: 0, in: .within(0...3))
    if restriction > 0, rotations % 2 != 0 {
      throw node.invalid("restriction", "halves the number of rotations, and \(rotations) is odd; use restriction: 0")
    }
    fixParameters = try node.bool("fixParameters", default: fixParameters)
    // A factor may be written as a number; everything else is a name.
    if let factor = try? node.optionalDouble("cutoff") {
      cutoff = "\(factor)"
    } else {
      cutoff = try node.string("cutoff", default: cutoff)
    }
    if (try? FrequencyCutoff(cutoff)) == nil {
      throw node.invalid("cutoff", "must be default, -2, -3 or a number c (for c·r), found \"\(cutoff)\"")
    }
    deltaOrthogonal = try node.bool("deltaOrthogonal", default: deltaOrthogonal)
    convToTrivial = try node.bool("convToTrivial", default: convToTrivial)
    splitRestricted = try node.bool("splitRestricted", default: splitRestricted)
  }

  /// The number of blocks of each stage.
  public var blocksPerStage: Int { (depth - 4) / 6 }

  /// The channels of the first convolution and of the three stages of the plain network.
  public var widths: [Int] { [16, 16 * widen, 32 * widen, 64 * widen] }

  /// The number of parameters, found without making any of them.
  ///
  /// **Throws**: `ModelError` when the network cannot be built.
  ///
  /// **Complexity**: that of the kernel bases, which are built once per process.
  public func parameterCount(channels: Int, classes: Int) throws -> Int {
    switch kind {
    case .steerable: try SteerableWideResNetPlan(self, channels: channels).parameterCount(classes: classes)
    case .plain: WideResNetPlan(self, channels: channels).parameterCount(classes: classes)
    }
  }

  /// Makes sure that kernels and weights fit in memory; a channel of input more or less does not matter.
  private func checkMemory() throws {
    switch kind {
    case .steerable: try SteerableWideResNetPlan(self, channels: 3).checkMemory()
    case .plain: try WideResNetPlan(self, channels: 3).checkMemory()
    }
  }
}
