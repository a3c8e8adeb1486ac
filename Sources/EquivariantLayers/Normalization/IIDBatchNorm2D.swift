import Layers
import Symmetry
public import Tensors

/// Batch normalization with one variance for each field, whatever its representation.
///
/// The mean that is taken off is the invariant part of the mean over batch and pixels; the variance is the average of
/// the unbiased variances of the field's channels. The bias is one number for each invariant direction.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element in evaluation mode, and in training mode for transformations of the whole
/// batch.
///
/// **Traps**: when a representation is not orthogonal.
///
/// **State**: `weight`, `running_var` `[fields]`; `bias`, `running_mean` `[trivial irreps]`, the coefficients of each
/// field's invariant vector in its change of basis; all in the order of the fields; `num_batches_tracked`.
///
/// **escnn**: `IIDBatchNorm2d`, where fields are gathered by the name of their representation: `{name}_weight`,
/// `{name}_running_var` `[fields, 1]`, `{name}_bias` `[fields, trivial irreps]`, and `{name}_running_mean`
/// `[fields, size]`, the invariant vector itself, of which ours are the coefficients.
public final class IIDBatchNorm2D: BatchStatisticsNorm {
  private let groups: ChannelGroups
  private let projection: TrivialProjection

  /// Creates the layer for a type.
  public init(
    _ type: FieldType, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true,
    tracksStatistics: Bool = true, dtype: DType = .float32
  ) {
    Self.requireNorm(type, "IIDBatchNorm2D")
    groups = ChannelGroups(sizes: type.representations.map(\.size))
    projection = TrivialProjection(type)
    super.init(
      type,
      Counts(
        weights: type.count, biases: projection.count, means: projection.count, variances: type.count),
      epsilon: epsilon, momentum: momentum, isAffine: isAffine, tracksStatistics: tracksStatistics, dtype: dtype)
  }

  override func statistics(_ moments: ChannelMoments) -> (mean: Tensor?, variance: Tensor) {
    (
      projection.count > 0 ? projection.coefficients(of: moments.mean) : nil,
      groups.means(moments.variance) * ChannelMoments.correction(moments.positions)
    )
  }

  override func spread(mean: Tensor?, variance: Tensor) -> ChannelNormalization {
    let variance = groups.spread(variance, along: 0)
    return ChannelNormalization(
      weight: weight.map { groups.spread($0.value, along: 0) }, bias: bias.map { projection.expand($0.value) },
      mean: mean.map { projection.expand($0) } ?? Tensor.zeros(like: variance), variance: variance)
  }
}
