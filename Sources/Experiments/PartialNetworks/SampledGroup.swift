public import PartialEquivariance

/// The group of a partial network as a listing shows it: its elements, its kernels, and what its layers have learned.
public struct SampledGroup: Codable, Hashable, Sendable {
  /// What is done with the elements.
  public enum Use: String, Codable, Hashable, Sendable {
    /// Convolutions live on all of them.
    case full
    /// Convolutions learn on which they live.
    case partial
    /// The image is turned by them, in a learned range; convolutions have no group.
    case copies
    /// There is only the identity: an ordinary network.
    case translations
  }

  /// "SE2" or "E2".
  public let group: String
  /// The number of elements, reflections included.
  public let samples: Int
  /// What is done with them.
  public let use: Use
  /// "deterministic" or "random".
  public let method: String
  /// Whether each layer draws elements of its own.
  public let isPerLayer: Bool
  /// Whether each image has elements of its own in training.
  public let isPerBatchElement: Bool
  /// The elements of tests: "fixed", "seeded" or "random".
  public let evaluation: String
  /// The networks that give the weights: "siren", "mlp", "fourier", "gabor" or "magnet".
  public let kernel: String
  /// The layers of these networks.
  public let kernelLayers: Int
  /// Their hidden features.
  public let kernelHidden: Int
  /// How kernels see angles: "interval" or "circle".
  public let kernelAngle: String
  /// The layers that live on elements.
  public let layers: [SampledLayer]

  init(_ configuration: PartialConfiguration, layers: [SampledLayer]) {
    let (group, kernel) = (configuration.group, configuration.kernel)
    self.group = group.name.rawValue
    samples = group.samples
    use =
      switch (configuration.kind.isAugerino, group.partial) {
      case (true, _): .copies
      case (false, true): .partial
      case (false, false): samples == 1 ? .translations : .full
      }
    method = group.sampling
    isPerLayer = group.perLayer
    isPerBatchElement = group.perBatchElement
    evaluation = group.evaluation.rawValue
    self.kernel = kernel.kind
    kernelLayers = kernel.layers
    kernelHidden = kernel.hidden
    kernelAngle = kernel.angle
    self.layers = layers
  }

  /// Whether tests use other elements than the fixed ones, with which networks are exported.
  public var isDrawnInTests: Bool { evaluation != "fixed" && (method == "random" || use == .partial || use == .copies) }

  /// Whether two tests of one network differ.
  public var isRandomInTests: Bool { isDrawnInTests && evaluation == "random" }

  /// The layers that have learned something.
  public var learned: [SampledLayer] { layers.filter { $0.support != nil } }
}
