/// Batch normalization of each channel.
///
/// **Shapes**: `[N, C]` or `[N, C, L]`; the output has the input's shape.
///
/// **Symmetry**: commutes with permutations of pixels; channels are treated one by one, so that fields of more than one
/// channel need `InnerBatchNorm` instead.
///
/// **State**: `weight`, `bias` (if affine), `running_mean`, `running_var`, `num_batches_tracked` (if tracked).
///
/// **Reference**: Ioffe and Szegedy (2015).
public final class BatchNorm1D: BatchNormLayer {
  override class var layouts: [(rank: Int, text: String)] { [(2, "[N, C]"), (3, "[N, C, L]")] }
}
