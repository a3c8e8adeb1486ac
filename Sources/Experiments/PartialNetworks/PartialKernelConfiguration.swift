internal import PartialEquivariance
public import Training

/// The `model.kernel` section: the networks that give the weights of continuous convolutions.
public struct PartialKernelConfiguration: ConfigurationSection {
  /// "siren", "mlp", "fourier", "gabor" or "magnet".
  public var kind: String
  /// The edge in pixels, "same" or "full".
  public var size: String
  /// The number of hidden features.
  public var hidden: Int
  /// The number of layers.
  public var layers: Int
  /// The frequency ω₀ of a siren.
  public var omega0: Double
  /// Whether ω₀ is learned.
  public var learnsOmega0: Bool
  /// The scale of frequencies of multiplicative networks.
  public var inputScale: Double
  /// Whether linear maps have weight norm.
  public var weightNorm: Bool
  /// The norm of an mlp: "none", "batch-norm" or "layer-norm".
  public var norm: String
  /// The nonlinearity of an mlp.
  public var nonlinearity: String
  /// The scale of fresh kernels: "variance-preserving", or "original".
  public var scale: String
  /// Whether fresh kernels have only frequencies that their pixels can carry.
  public var bandLimited: Bool
  /// How kernels see angles: "circle", or "interval" as in the original, with a jump at the identity.
  public var angle: String

  /// Reads the `model.kernel` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let kind = try node.choice("kind", default: ContinuousKernel.Kind.siren)
    self.kind = kind.rawValue
    if let pixels = try? node.optionalInt("size") {
      size = "\(pixels)"
    } else {
      size = try node.string("size", default: "7")
    }
    guard size == "same" || size == "full" || (Int(size).map { (1...255).contains($0) } ?? false) else {
      throw node.invalid("size", "must be same, full or a number of pixels from 1 to 255, found \"\(size)\"")
    }
    hidden = try node.int("hidden", default: 32, in: .within(1...4096))
    layers = try node.int("layers", default: 3, in: .within(1...64))
    omega0 = kind == .siren ? try node.double("omega0", default: 10, in: .moreThan(0)) : 10
    learnsOmega0 = kind == .siren ? try node.bool("learnsOmega0", default: false) : false
    let isMultiplicative = kind == .fourier || kind == .gabor || kind == .magnet
    inputScale = isMultiplicative ? try node.double("inputScale", default: 256, in: .moreThan(0)) : 256
    weightNorm = try node.bool("weightNorm", default: false)
    norm = kind == .mlp ? try node.choice("norm", default: KernelMLP.Norm.none).rawValue : "none"
    nonlinearity =
      kind == .mlp ? try node.choice("nonlinearity", default: KernelMLP.Nonlinearity.relu).rawValue : "relu"
    scale = try node.choice("scale", default: ContinuousKernel.Scale.variancePreserving).rawValue
    bandLimited = try node.bool("bandLimited", default: false)
    angle = try node.choice("angle", default: ContinuousKernel.Angle.interval).rawValue
  }

  /// The edge of the kernels.
  var kernelSize: NetworkOptions.KernelSize {
    switch size {
    case "same": .same
    case "full": .full
    default: .pixels(Int(size) ?? 7)
    }
  }

  /// The options of the networks.
  var kernel: ContinuousKernel {
    ContinuousKernel(
      .init(rawValue: kind) ?? .siren, hidden: hidden, layers: layers, omega0: omega0, learnsOmega0: learnsOmega0,
      inputScale: inputScale, hasWeightNorm: weightNorm, norm: .init(rawValue: norm) ?? .none,
      nonlinearity: .init(rawValue: nonlinearity) ?? .relu, scale: .init(rawValue: scale) ?? .variancePreserving,
      isBandLimited: bandLimited, angle: .init(rawValue: angle) ?? .interval)
  }
}
