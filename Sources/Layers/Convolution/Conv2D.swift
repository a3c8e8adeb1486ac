/// A convolution (cross-correlation) along two axes (images).
///
/// **Shapes**: `[N, C, H, W]` with `inChannels` to the same with `outChannels` and sizes by `outputShape(for:)`.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
///
/// **State**: `weight` `[outChannels, inChannels / groups, …]`, `bias` `[outChannels]`, as in PyTorch.
public final class Conv2D: DirectConvolution {
  override class var spatialAxes: Int { 2 }
}
