import Layers
import Symmetry
public import Tensors

/// Batch normalization of the lengths of fields that have no invariant part.
///
/// The mean of such fields vanishes by symmetry, so they are only divided by √(variance + ε), where the variance is the
/// mean of |x|² / size over batch and pixels. A training step divides by the running variance, which has been moved
/// towards the batch's already.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element in evaluation mode, and in training mode for transformations of the whole
/// batch.
///
/// **Traps**: when a representation is not orthogonal or contains the trivial one.
///
/// **State**: `weight`, `running_var` `[fields]` in the order of the fields, `num_batches_tracked`.
///
/// **escnn**: `NormBatchNorm`, where fields are gathered by size s: `{s}_weight`, `{s}_running_var`
/// `[1, fields of this size, 1, 1, 1]`.
public final class NormBatchNorm: BatchStatisticsNorm {
  private let groups: ChannelGroups

  /// Creates the layer for a type.
  public init(
    _ type: FieldType, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true, dtype: DType = .float32
  ) {
    let name = "NormBatchNorm"
    Self.requireNorm(type, name)
    Self.requireNoTrivial(type, name, "use GNormBatchNorm or IIDBatchNorm2D")
    groups = ChannelGroups(sizes: type.representations.map(\.size))
    super.init(
      type, Counts(weights: type.count, biases: 0, means: 0, variances: type.count), epsilon: epsilon,
      momentum: momentum, isAffine: isAffine, tracksStatistics: true, dtype: dtype)
  }

  override var trainsWithRunningStatistics: Bool { true }

  override func statistics(_ moments: ChannelMoments) -> (mean: Tensor?, variance: Tensor) {
    (nil, groups.means(moments.meanSquare) * ChannelMoments.correction(moments.positions))
  }

  override func spread(mean: Tensor?, variance: Tensor) -> ChannelNormalization {
    let variance = groups.spread(variance, along: 0)
    return ChannelNormalization(
      weight: weight.map { groups.spread($0.value, along: 0) }, bias: nil, mean: Tensor.zeros(like: variance),
      variance: variance)
  }
}
