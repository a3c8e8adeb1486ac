public import Layers
public import Tensors

/// The mean of each channel in each window.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// **Symmetry**: exact on the pixel grid when `(size + 2·padding − kernelSize) % stride == 0`, on fields that the
/// group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseAvgPool`.
public final class PointwiseAvgPool: PointwisePool {
  /// Creates the layer; the stride is the kernel size unless given.
  public init(_ type: FieldType, kernelSize: Int, stride: Int? = nil, padding: Int = 0, roundsUp: Bool = false) {
    super.init(type, kernelSize: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
  }

  /// Pools the values.
  public override func forward(_ input: Tensor) -> Tensor {
    input.avgPool2d(
      kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
  }

  /// A plain average pool.
  public override func export() -> Layer {
    AvgPool2D(kernelSize: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
  }
}
