public import Layers
import Symmetry
public import Tensors

/// Keeps, in each window, each field from the pixel where its norm is largest.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// **Symmetry**: exact on the pixel grid when `(size + 2·padding − dilation·(kernelSize − 1) − 1) % stride == 0`, for
/// every orthogonal representation, where one norm is larger than the others.
///
/// **Traps**: when a representation is not orthogonal.
///
/// **escnn**: `NormMaxPool`.
public final class NormMaxPool: PointwisePool {
  private let pool: NormMaxPool2D

  /// Creates the layer; the stride is the kernel size unless given.
  public init(
    _ type: FieldType, kernelSize: Int, stride: Int? = nil, padding: Int = 0, dilation: Int = 1, roundsUp: Bool = false
  ) {
    Self.requireNorm(type, "NormMaxPool")
    pool = NormMaxPool2D(
      sizes: type.representations.map(\.size), kernelSize: kernelSize, stride: stride, padding: padding,
      dilation: dilation, roundsUp: roundsUp)
    super.init(
      type, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp,
      needsPermutation: false)
  }

  /// Pools the fields.
  public override func forward(_ input: Tensor) -> Tensor { pool(input) }

  /// A plain pooling of ranges of channels.
  public override func export() -> Layer {
    NormMaxPool2D(
      sizes: pool.sizes, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
      roundsUp: roundsUp)
  }
}
