internal import EquivariantLayers
internal import SteerableKernels
internal import Symmetry
public import Training

/// The `model` section of a network of the radio-galaxy study: a LeNet, plain or steerable, or HMTNet.
///
/// **Reference**: Scaife and Porter, "Fanaroff–Riley classification of radio galaxies using group-equivariant
/// convolutional neural networks", MNRAS 503 (2021) 2369.
public struct RadioGalaxyModelConfiguration: ConfigurationSection {
  /// The networks that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// The plain LeNet.
    case vanillaLeNet = "vanilla-lenet"
    /// The LeNet whose convolutions are equivariant to the rotations of C_N.
    case cnSteerableLeNet = "cn-steerable-lenet"
    /// The LeNet whose convolutions are equivariant to the rotations and reflections of D_N.
    case dnSteerableLeNet = "dn-steerable-lenet"
    /// The LeNet whose first convolution is equivariant to D_N and whose second is plain.
    case dnRestrictedLeNet = "dn-restricted-lenet"
    /// The plain network of five convolutions that was trained for transfer between surveys.
    case hmtNet = "hmtnet"

    /// Whether the network has a group.
    public var isSteerable: Bool {
      self == .cnSteerableLeNet || self == .dnSteerableLeNet || self == .dnRestrictedLeNet
    }
  }

  /// The network.
  public var kind: Kind
  /// The number N of rotations of the group; 1 for plain networks.
  public var rotations: Int
  /// The edge of the kernels of a LeNet in pixels.
  public var kernelSize: Int
  /// Probability of dropout before the last layer.
  public var dropout: Double
  /// Whether the corners of the images are masked out.
  ///
  /// The original masks the images of the plain LeNet only: its steerable networks make a mask and leave it unused.
  public var mask: Bool

  /// Creates settings; those left out are the published ones.
  public init(kind: Kind, rotations: Int = 16, kernelSize: Int = 5, dropout: Double = 0.5, mask: Bool? = nil) {
    self.kind = kind
    self.rotations = kind.isSteerable ? rotations : 1
    self.kernelSize = kernelSize
    self.dropout = dropout
    self.mask = mask ?? (kind == .vanillaLeNet)
  }

  /// Reads the `model` section; keys that the kind has no use for are unknown keys.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init(kind: try node.choice("kind", of: Kind.self))
    if kind.isSteerable { rotations = try node.int("rotations", in: .within(1...64)) }
    dropout = try node.double("dropout", default: dropout, in: .from(0, below: 1))
    guard kind != .hmtNet else { return }
    kernelSize = try node.int("kernelSize", default: kernelSize, in: .within(3...15))
    guard kernelSize % 2 == 1 else {
      throw node.invalid("kernelSize", "must be odd, found \(kernelSize)")
    }
    mask = try node.bool("mask", default: mask)
    do {
      try checkMemory()
    } catch {
      throw node.invalid("rotations", "makes a network that cannot be built: \(error)")
    }
  }

  /// The plane with the network's group; nil for plain networks.
  var space: GSpace? {
    switch kind {
    case .vanillaLeNet, .hmtNet: nil
    case .cnSteerableLeNet: .rotations(rotations)
    case .dnSteerableLeNet, .dnRestrictedLeNet: .dihedral(rotations)
    }
  }

  /// Makes sure that the kernels between two regular fields can be held.
  private func checkMemory() throws {
    guard let space, kind != .dnRestrictedLeNet else { return }
    try KernelMemory.check(
      from: space.regular, to: space.regular,
      configuration: KernelConfiguration(kernelSize: kernelSize, axis: space.axis))
  }
}
