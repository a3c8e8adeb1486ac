/// A convolution (cross-correlation) along three axes (volumes).
///
/// **Shapes**: `[N, C, D, H, W]` with `inChannels` to the same with `outChannels` and sizes by `outputShape(for:)`.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
///
/// **State**: `weight` `[outChannels, inChannels / groups, …]`, `bias` `[outChannels]`, as in PyTorch.
public final class Conv3D: DirectConvolution {
  override class var spatialAxes: Int { 3 }
}
