public import Layers
public import Tensors

/// An ordinary network whose logits are averaged over turned copies of the image, with a learned range of angles.
///
/// The inner network has the same layers as a group-equivariant one, over the translations only.
///
/// **Shapes**: `[B, C, H, W]` images to `[B, classes]` logits.
///
/// **Symmetry**: none that is exact: turned copies are resampled, and invariance is as wide as the learned range.
///
/// **State**: `steps`, `network`, and `sampler` with its `support`.
///
/// **Reference**: Benton et al. (2020), "Learning invariances in neural networks from training data".
public final class AugerinoNetwork: PartialNetwork {
  /// How pixels are matched when a copy is turned.
  public enum Alignment: String, Codable, CaseIterable, Sendable {
    /// About the image's center, so that quarter turns map pixels to pixels.
    case centered
    /// As in the original, whose grid and sampling disagree about corners: copies are also scaled by side / (side - 1).
    case mismatched
  }

  /// The network that sees each copy.
  public let network: PartialNetwork
  /// Draws the elements that turn the copies.
  public let sampler: GroupSampler
  /// How pixels are matched.
  public let alignment: Alignment

  private let channels: Int
  private let side: Int

  /// Creates a network; `options.sampling` is that of the copies.
  ///
  /// **Throws**: `NetworkError` when the options do not go together or do not fit the images.
  public convenience init(
    _ options: NetworkOptions, channels: Int, side: Int, classes: Int, alignment: Alignment = .centered,
    rng: inout Generator
  ) throws(NetworkError) {
    let sampling = try Self.copies(options.sampling)
    let inner = options.overTranslations
    let network: PartialNetwork
    switch options.architecture {
    case .ckResNet: network = try CKResNet(inner, channels: channels, side: side, classes: classes, rng: &rng)
    case .gcnn: network = try GCNN(inner, channels: channels, side: side, classes: classes, rng: &rng)
    }
    self.init(network, sampling: sampling, channels: channels, side: side, alignment: alignment, rng: &rng)
  }

  /// How the copies of a network with these samples are drawn.
  ///
  /// **Throws**: `NetworkError` when there is no range to learn.
  package static func copies(_ sampling: GroupSampling) throws(NetworkError) -> GroupSampling {
    var sampling = sampling
    // A learned range is drawn anew at each pass, whatever layers inside would do.
    sampling.perLayer = sampling.method == .random
    sampling.perBatchElement = false
    do {
      try sampling.validate(isPartial: true)
    } catch {
      throw .sampling(error)
    }
    return sampling
  }

  private init(
    _ network: PartialNetwork, sampling: GroupSampling, channels: Int, side: Int, alignment: Alignment,
    rng: inout Generator
  ) {
    self.channels = channels
    self.side = side
    let clock = SamplingClock()
    self.network = network
    self.alignment = alignment
    sampler = GroupSampler(sampling, isPartial: true, clock: clock, rng: &rng)
    super.init(network.options, clock: clock)
  }

  /// The logits of images, averaged over turned copies.
  public override func callAsFunction(_ images: Tensor) -> Tensor {
    begin()
    let samples = sampler()
    let logits = network(TurnedCopies.make(images, TurnedCopies.matrices(samples), alignment))
    return logits.reshape([samples.count, images.shape[0], logits.shape[1]]).mean(along: 0)
  }

  /// The learned range, then the inner network's parts.
  public override func outline(_ images: Tensor) -> [(name: String, module: Module, output: Shape)] {
    let shape = images.shape
    let copies: Shape = [sampler.fixed().count * shape[0], shape[1], shape[2], shape[3]]
    return [("sampler", sampler, copies)] + network.outline(images).map { ("network.\($0.name)", $0.module, $0.output) }
  }

  /// The copies of the image, then the inner network's layers.
  public override var sampledLayers: [SampledLayer] {
    [SampledLayer("sampler", turning: sampler)] + super.sampledLayers
  }

  /// The same function with the elements of a repeatable test, as plain layers.
  public override func export() -> Sequential {
    Sequential(
      AveragedCopies(
        network.export(), samples: sampler.fixed(), channels: channels, side: side, alignment: alignment))
  }
}
