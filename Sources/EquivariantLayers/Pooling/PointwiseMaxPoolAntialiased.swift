public import Layers
public import Tensors

/// A max pool with stride 1, smoothed by a Gaussian before pixels are left out.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']`.
///
/// **Symmetry**: exact on the pixel grid when `(size + 4·padding − kernelSize) % stride == 0`, on fields that the
/// group
/// permutes; closer to it than `PointwiseMaxPool` for other elements and shifts.
///
/// **Traps**: when a representation is not a permutation.
///
/// **Reference**: Zhang (2019), "Making convolutional networks shift-invariant again".
///
/// **escnn**: `PointwiseMaxPoolAntialiased`; the padding counts for both steps, as there.
public final class PointwiseMaxPoolAntialiased: PointwisePool {
  /// The width of the Gaussian in pixels.
  public let sigma: Double

  private let filter: GaussianFilter

  /// Creates the layer; the stride is the kernel size unless given.
  public init(_ type: FieldType, kernelSize: Int, stride: Int? = nil, padding: Int = 0, sigma: Double = 0.6) {
    require(sigma > 0, "PointwiseMaxPoolAntialiased", "sigma \(sigma) is not positive")
    self.sigma = sigma
    filter = GaussianFilter(sigma: sigma, extent: 4)
    super.init(type, kernelSize: kernelSize, stride: stride, padding: padding)
  }

  private var smoothing: SlidingWindow {
    let pad = padding + (filter.size - 1) / 2
    return SlidingWindow(kernelSize: filter.size, padding: (pad, pad), stride: stride)
  }

  private var maximum: SlidingWindow {
    SlidingWindow(kernelSize: kernelSize, padding: (padding, padding), stride: 1)
  }

  /// Pools and smooths the values.
  public override func forward(_ input: Tensor) -> Tensor {
    filter(
      maximum: kernelSize, padding: padding, of: input, stride: stride,
      margin: [smoothing.padding.0, smoothing.padding.1])
  }

  /// The shape of the output.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    let pooled = maximum.outputShape(shape, channels: outputType.size, name: name)
    return smoothing.outputShape(pooled, channels: outputType.size, name: name)
  }

  /// Tells when windows lie off center.
  public override func latticeWarning(for shape: Shape) -> String? {
    smoothing.warning(
      maximum.outputShape(shape, channels: outputType.size, name: name), name: name, space: inputType.space)
  }

  /// A plain max pool and a fixed convolution.
  public override func export() -> Layer {
    Sequential([
      MaxPool2D(kernelSize: kernelSize, stride: 1, padding: padding),
      DepthwiseConstantConv2D(kernel: filter.kernel, stride: stride, padding: smoothing.padding.0),
    ])
  }
}
