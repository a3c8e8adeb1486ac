public import Layers
public import Tensors

/// Sets single values to zero at random while training and scales the others up.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact in evaluation mode; in training mode in distribution, on fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation or `probability` is not in `0 ..< 1`.
///
/// **State**: `random_state`, its own stream of random numbers.
///
/// **escnn**: `PointwiseDropout`.
public final class PointwiseDropout: EquivariantModule {
  /// The share of values that become zero.
  public let probability: Double

  /// The source of randomness.
  public let randomState: RandomState

  /// Creates the layer with a stream of random numbers split off `rng`.
  public init(_ type: FieldType, probability: Double = 0.5, rng: inout Generator) {
    self.probability = probability
    randomState = RandomState(splitting: &rng)
    super.init(from: type, to: type)
    Self.requirePointwise(type, name)
    require((0..<1).contains(probability), name, "probability \(probability) is not in 0 ..< 1")
  }

  /// Drops values in training mode.
  public override func forward(_ input: Tensor) -> Tensor {
    input.dropout(probability, isTraining: isTraining, using: &randomState.generator)
  }

  /// A plain identity: exported layers are for evaluation.
  public override func export() -> Layer { Identity() }
}
