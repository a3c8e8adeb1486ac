public import Tensors

/// Batch normalization of each channel.
///
/// **Shapes**: `[N, C, D, H, W]`; the output has the input's shape.
///
/// **Symmetry**: commutes with permutations of pixels; channels are treated one by one, so that fields of more than one
/// channel need `InnerBatchNorm` instead.
///
/// **State**: `weight`, `bias` (if affine), `running_mean`, `running_var`, `num_batches_tracked` (if tracked).
///
/// **Reference**: Ioffe and Szegedy (2015).
public final class BatchNorm3D: BatchNormLayer {
  /// Creates a layer with scale 1, shift 0, running mean 0 and running variance 1.
  ///
  /// A momentum of nil keeps the plain average over all batches.
  public init(
    _ channels: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true,
    tracksStatistics: Bool = true, dtype: DType = .float32
  ) {
    super.init(
      channels, epsilon: epsilon, momentum: momentum, isAffine: isAffine, tracksStatistics: tracksStatistics,
      dtype: dtype, layouts: [(5, "[N, C, D, H, W]")])
  }
}
