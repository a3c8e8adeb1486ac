public import Layers
public import Tensors

/// Sets whole fibers to zero at random while training and scales the others up.
///
/// All channels of a field at a pixel are kept or dropped together; each pixel draws anew.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact in evaluation mode; in training mode in distribution, for every representation.
///
/// **Traps**: when `probability` is not in `0 ..< 1`.
///
/// **State**: `random_state`, its own stream of random numbers.
///
/// **escnn**: `FieldDropout`.
public final class FieldDropout: EquivariantModule {
  /// The share of fibers that become zero.
  public let probability: Double

  /// The source of randomness.
  public let randomState: RandomState

  private let channelMap: ChannelMap

  /// Creates the layer with a stream of random numbers split off `rng`.
  public init(_ type: FieldType, probability: Double = 0.5, rng: inout Generator) {
    self.probability = probability
    randomState = RandomState(splitting: &rng)
    channelMap = ChannelMap(type)
    super.init(from: type, to: type)
    require((0..<1).contains(probability), name, "probability \(probability) is not in 0 ..< 1")
  }

  /// Drops fibers in training mode.
  public override func forward(_ input: Tensor) -> Tensor {
    guard isTraining, probability > 0 else { return input }
    let shape = input.shape
    let ones = Tensor.ones([shape[0], inputType.count, shape[2], shape[3]], dtype: input.dtype, device: input.device)
    let mask = ones.dropout(probability, isTraining: true, using: &randomState.generator)
    return input * channelMap.spread(mask, along: 1)
  }

  /// A plain identity: exported layers are for evaluation.
  public override func export() -> Layer { Identity() }
}
