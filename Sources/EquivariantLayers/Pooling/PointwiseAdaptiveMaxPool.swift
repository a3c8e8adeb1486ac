public import Layers
public import Tensors

/// The largest value of each channel in windows that divide the image into a given number of parts.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, outputSize, outputSize]`.
///
/// **Symmetry**: exact on the pixel grid for every size, because the windows lie symmetrically; on fields that the
/// group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseAdaptiveMaxPool`.
public final class PointwiseAdaptiveMaxPool: PointwiseAdaptivePool {
  /// Pools the values.
  public override func forward(_ input: Tensor) -> Tensor { input.adaptiveMaxPool2d(outputSize) }

  /// A plain adaptive pool.
  public override func export() -> Layer { AdaptiveMaxPool2D(outputSize: outputSize) }
}
