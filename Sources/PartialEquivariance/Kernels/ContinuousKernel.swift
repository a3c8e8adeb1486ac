internal import Symmetry
internal import Tensors

/// Which network gives the weights of continuous convolutions, and how it begins.
public struct ContinuousKernel: Hashable, Sendable {
  /// The networks.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case siren, mlp, fourier, gabor, magnet
  }

  /// The scale of fresh kernels.
  public enum Scale: String, Codable, CaseIterable, Sendable {
    /// That of the network's own initialization, as in the original: about 1/ω₀ for a SIREN, whatever the fan-in.
    case original
    /// Variance 1/fan-in, so that a layer's output has the scale of its input.
    case variancePreserving = "variance-preserving"
  }

  /// How a kernel sees the angle of a group element.
  public enum Angle: String, Codable, CaseIterable, Sendable {
    /// One number from -1 to 1, as in the original: the kernel jumps at the identity, where a full turn begins and ends.
    case interval
    /// Its cosine and sine: no jump.
    case circle
  }

  /// The network.
  public var kind: Kind
  /// The number of hidden features.
  public var hidden: Int
  /// The number of layers; multiplicative networks have one more filter.
  public var layers: Int
  /// ω₀ of a SIREN.
  public var omega0: Double
  /// Whether ω₀ is learned.
  public var learnsOmega0: Bool
  /// The scale of frequencies of multiplicative networks.
  public var inputScale: Double
  /// Whether linear maps have weight norm.
  public var hasWeightNorm: Bool
  /// The norm of an MLP.
  public var norm: KernelMLP.Norm
  /// The nonlinearity of an MLP.
  public var nonlinearity: KernelMLP.Nonlinearity
  /// The scale of fresh kernels.
  public var scale: Scale
  /// Whether fresh kernels have only frequencies that their pixels can carry.
  public var isBandLimited: Bool
  /// How a kernel sees the angle of a group element.
  public var angle: Angle

  /// Creates options.
  public init(
    _ kind: Kind = .siren, hidden: Int = 32, layers: Int = 3, omega0: Double = 10, learnsOmega0: Bool = false,
    inputScale: Double = 256, hasWeightNorm: Bool = false, norm: KernelMLP.Norm = .none,
    nonlinearity: KernelMLP.Nonlinearity = .relu, scale: Scale = .variancePreserving, isBandLimited: Bool = false,
    angle: Angle = .interval
  ) {
    self.kind = kind
    self.hidden = hidden
    self.layers = layers
    self.omega0 = omega0
    self.learnsOmega0 = learnsOmega0
    self.inputScale = inputScale
    self.hasWeightNorm = hasWeightNorm
    self.norm = norm
    self.nonlinearity = nonlinearity
    self.scale = scale
    self.isBandLimited = isBandLimited
    self.angle = angle
  }

  /// The same kernel with another number of hidden features.
  public func with(hidden: Int) -> ContinuousKernel {
    var copy = self
    copy.hidden = hidden
    return copy
  }

  /// The number of coordinates of a relative group element: its angle's, and the sign if there are reflections.
  func coordinates(_ sampling: GroupSampling) -> Int {
    (angle == .circle ? 2 : 1) + (sampling.group.hasReflections ? 1 : 0)
  }

  /// A network from `dimensions` coordinates to `outputs` weights.
  func network(dimensions: Int, outputs: Int, rng: inout Generator) -> KernelNetwork {
    switch kind {
    case .siren:
      SIREN(
        dimensions: dimensions, outputs: outputs, hidden: hidden, layers: layers, omega0: omega0,
        learnsOmega0: learnsOmega0, hasWeightNorm: hasWeightNorm, rng: &rng)
    case .mlp:
      KernelMLP(
        dimensions: dimensions, outputs: outputs, hidden: hidden, layers: layers, norm: norm,
        nonlinearity: nonlinearity, hasWeightNorm: hasWeightNorm, rng: &rng)
    case .fourier:
      FourierNet(
        dimensions: dimensions, outputs: outputs, hidden: hidden, layers: layers, inputScale: inputScale,
        hasWeightNorm: hasWeightNorm, rng: &rng)
    case .gabor:
      GaborNet(
        dimensions: dimensions, outputs: outputs, hidden: hidden, layers: layers, inputScale: inputScale,
        hasWeightNorm: hasWeightNorm, rng: &rng)
    case .magnet:
      MAGNet(
        dimensions: dimensions, outputs: outputs, hidden: hidden, layers: layers, inputScale: inputScale,
        hasWeightNorm: hasWeightNorm, rng: &rng)
    }
  }
}
