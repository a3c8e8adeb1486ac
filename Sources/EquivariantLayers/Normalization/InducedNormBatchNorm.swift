import Layers
import Symmetry
public import Tensors

/// Batch normalization of the lengths of the sub-fields of induced fields that have no invariant part.
///
/// The variance of a field is the mean of |x|² / size over its sub-fields, the batch, and all pixels. A training step
/// divides by the running variance, which has been moved towards the batch's already.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element in evaluation mode, and in training mode for transformations of the whole
/// batch.
///
/// **Traps**: when a representation is not induced from an orthogonal one, or contains the trivial one.
///
/// **State**: `weight`, `running_var` `[fields]` in the order of the fields, `num_batches_tracked`.
///
/// **escnn**: `InducedNormBatchNorm`, where fields are gathered by size and sub-field size:
/// `({size}, {sub})_weight`, `({size}, {sub})_running_var` `[1, fields, 1, 1, 1, 1]`.
public final class InducedNormBatchNorm: BatchStatisticsNorm {
  private let groups: ChannelGroups
  /// For each field its number of sub-fields, which all count in its variance.
  private let parts: [Int]

  /// Creates the layer for a type.
  public init(
    _ type: FieldType, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true, dtype: DType = .float32
  ) {
    let name = "InducedNormBatchNorm"
    _ = Subfields.normSizes(type, name)
    Self.requireNoTrivial(type, name, "use GNormBatchNorm or IIDBatchNorm2D")
    groups = ChannelGroups(sizes: type.representations.map(\.size))
    parts = type.representations.map { $0.size / (Subfields.normSize($0) ?? $0.size) }
    super.init(
      type, Counts(weights: type.count, biases: 0, means: 0, variances: type.count), epsilon: epsilon,
      momentum: momentum, isAffine: isAffine, tracksStatistics: true, dtype: dtype)
  }

  override var trainsWithRunningStatistics: Bool { true }

  override func statistics(_ moments: ChannelMoments) -> (mean: Tensor?, variance: Tensor) {
    let means = groups.means(moments.meanSquare)
    let corrections = parts.map { ChannelMoments.correction(moments.positions * $0) }
    return (nil, means * Tensor(corrections, shape: [corrections.count], dtype: means.dtype, device: means.device))
  }

  override func spread(mean: Tensor?, variance: Tensor) -> ChannelNormalization {
    let variance = groups.spread(variance, along: 0)
    return ChannelNormalization(
      weight: weight.map { groups.spread($0.value, along: 0) }, bias: nil, mean: Tensor.zeros(like: variance),
      variance: variance)
  }
}
