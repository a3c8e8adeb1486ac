public import Layers
public import Tensors

/// The largest value of each channel in each window.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// **Symmetry**: exact on the pixel grid when `(size + 2·padding − dilation·(kernelSize − 1) − 1) % stride == 0`, on
/// fields that
/// the group permutes. 2 × 2 windows with stride 2 are exact for even sizes only.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseMaxPool`.
public final class PointwiseMaxPool: PointwisePool {
  /// Creates the layer; the stride is the kernel size unless given.
  public init(
    _ type: FieldType, kernelSize: Int, stride: Int? = nil, padding: Int = 0, dilation: Int = 1, roundsUp: Bool = false
  ) {
    super.init(
      type, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp)
  }

  /// Pools the values.
  public override func forward(_ input: Tensor) -> Tensor {
    input.maxPool2d(
      kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp)
  }

  /// A plain max pool.
  public override func export() -> Layer {
    MaxPool2D(kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp)
  }
}
