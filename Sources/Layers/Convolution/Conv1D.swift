/// A convolution (cross-correlation) along one axis (sequences).
///
/// **Shapes**: `[N, C, L]` with `inChannels` to the same with `outChannels` and sizes by `outputShape(for:)`.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
///
/// **State**: `weight` `[outChannels, inChannels / groups, …]`, `bias` `[outChannels]`, as in PyTorch.
public final class Conv1D: DirectConvolution {
  override class var spatialAxes: Int { 1 }
}
