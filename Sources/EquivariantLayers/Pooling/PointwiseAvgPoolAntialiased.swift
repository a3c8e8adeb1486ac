public import Layers
public import Tensors

/// Smooths every channel by a Gaussian and leaves pixels out.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']`, with a filter of `2 · round(3 · sigma) + 1` pixels.
///
/// **Symmetry**: exact on the pixel grid when `(size + 2·padding − filter size) % stride == 0`; with the default
/// padding that is
/// `(size − 1) % stride == 0`. Any representation will do.
///
/// **Traps**: when sigma is not positive.
///
/// **escnn**: `PointwiseAvgPoolAntialiased`.
public final class PointwiseAvgPoolAntialiased: PointwisePool {
  /// The width of the Gaussian in pixels.
  public let sigma: Double

  private let filter: GaussianFilter

  /// Creates the layer; without a padding, the size changes by the stride only.
  public init(_ type: FieldType, sigma: Double, stride: Int, padding: Int? = nil) {
    require(sigma > 0, "PointwiseAvgPoolAntialiased", "sigma \(sigma) is not positive")
    self.sigma = sigma
    filter = GaussianFilter(sigma: sigma, extent: 3)
    super.init(
      type, kernelSize: filter.size, stride: stride, padding: padding ?? (filter.size - 1) / 2, needsPermutation: false)
  }

  /// Smooths the values.
  public override func forward(_ input: Tensor) -> Tensor {
    filter(input, stride: stride, padding: [padding, padding])
  }

  /// A plain convolution of every channel with the Gaussian.
  public override func export() -> Layer {
    DepthwiseConstantConv2D(kernel: filter.kernel, stride: stride, padding: padding)
  }
}
