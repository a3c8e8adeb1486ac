public import Datasets
public import EquivariantLayers
public import Layers
public import Optimizers
public import PartialEquivariance
internal import Symmetry
public import Tensors
public import Training

/// A network of continuous group convolutions as a classifier that can be configured, trained and exported.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: that of its network: invariant under SE(2) or E(2) if it is not partial.
///
/// **State**: that of its network, under its keys.
public final class PartialClassifier: Module, ImageClassifier, TrainingObjective, ScalarReporting {
  /// The network.
  public let network: PartialNetwork
  private let configuration: PartialConfiguration
  private let geometry: InputGeometry

  /// The images that it was made for, before any padding.
  public var imageShape: ImageShape { geometry.imageShape }

  /// The network's keys stand by themselves.
  public override class var stateKeys: [String: String] { ["network": ""] }

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` when it does not fit the images.
  public init(
    _ configuration: PartialConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws(ModelError) {
    self.configuration = configuration
    geometry = try InputGeometry(imageShape, inputSide: configuration.inputSide)
    guard geometry.width == geometry.height else {
      throw .partialNetwork("images of \(imageShape) are not square; set model.inputSide")
    }
    let options = configuration.options
    let (channels, side) = (imageShape.channels, geometry.height)
    do {
      switch configuration.kind {
      case .ckResNet:
        network = try CKResNet(options, channels: channels, side: side, classes: classes, rng: &rng)
      case .gcnn:
        network = try GCNN(options, channels: channels, side: side, classes: classes, rng: &rng)
      case .augerinoCKResNet, .augerinoGCNN:
        network = try AugerinoNetwork(
          options, channels: channels, side: side, classes: classes,
          alignment: .init(rawValue: configuration.alignment) ?? .centered, rng: &rng)
      }
    } catch {
      throw .partialNetwork("\(error)")
    }
  }

  /// The logits of images.
  public func callAsFunction(_ images: Tensor) -> Tensor { network(geometry.pad(images)) }

  /// The same function on the elements of a repeatable test, as plain layers.
  public func export() -> Sequential {
    let plain = Sequential(geometry.layers + network.export().layers).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }

  /// None: its layers are no modules of field types.
  public var steerableLayers: SequentialModule? { nil }

  /// None: what the network does is listed by `outline`.
  public var plainLayers: Sequential { Sequential([]) }

  /// The parts of the network, each with its output for one image.
  public func outline(channels: Int) -> [(name: String, module: Module, output: Shape)] {
    network.outline(Tensor.zeros([1, channels, geometry.height, geometry.width]))
  }

  /// The plane with the rotations (and reflections) among the sampled elements, to which a full network is invariant.
  public var space: GSpace {
    let sampling = network.options.sampling
    return sampling.group.hasReflections ? .dihedral(sampling.rotations) : .rotations(sampling.rotations)
  }

  /// What each partial layer has learned: the width of its support, or the probabilities of its elements.
  public var supports: [(name: String, values: [Double])] {
    network.namedModules.compactMap { named in
      (named.module as? GroupSampler)?.supportValues.map { (named.key, $0) }
    }
  }

  /// The group, its elements, and what each layer has learned about them.
  public var sampling: SampledGroup { SampledGroup(configuration, layers: network.sampledLayers) }

  /// What each partial layer has learned, as "support/last/width".
  public var scalars: [(name: String, value: Double)] {
    network.sampledLayers.flatMap { layer in
      (layer.support?.numbers ?? []).map { ("support/\(layer.name)/\($0.name)", $0.value) }
    }
  }

  /// Notes about settings without effect, and about kernels whose frequencies their pixels cannot carry.
  public var warnings: [String] {
    configuration.notices
      + network.namedModules.compactMap { named in
        (named.module as? ContinuousConvolution)?.aliasingWarning.map { "\(named.key): \($0)" }
      }
  }

  // MARK: - Training

  /// The norms of the generated kernels and the growth of supports, with their weights.
  public var penalty: Tensor? { network.penalty }

  /// Supports of convolutions and learned frequencies have learning rates of their own, if configured.
  public func parameterGroups(learningRate: Double) -> [ParameterGroup] {
    var others: [NamedParameter] = []
    var supports: [NamedParameter] = []
    var frequencies: [NamedParameter] = []
    for named in parameters {
      // Augerino's own support is no convolution's and stays with the others, as in the original.
      if named.key.hasSuffix("sampler.support"), named.key != "sampler.support" {
        supports.append(named)
      } else if named.key.contains(".frequencies.") {
        frequencies.append(named)
      } else {
        others.append(named)
      }
    }
    func group(_ parameters: [NamedParameter], _ rate: Double?) -> ParameterGroup {
      ParameterGroup(parameters, learningRateFactor: (rate ?? learningRate) / learningRate)
    }
    return [
      ParameterGroup(others), group(supports, configuration.supportRate),
      group(frequencies, configuration.frequencyRate),
    ]
    .filter { !$0.parameters.isEmpty }
  }
}
