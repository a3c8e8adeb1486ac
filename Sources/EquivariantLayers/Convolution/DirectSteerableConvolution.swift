public import Layers
import SteerableKernels
public import Tensors

/// What `R2Conv` and `R2Diffop` share: the filter slides over the image.
///
/// **Shapes**: `[N, inputType.size, H, W]` to `[N, outputType.size, H', W']` with
/// `H' = (H + 2·padding − dilation·(kernelSize − 1) − 1) / stride + 1`, rounded down.
///
/// **Symmetry**: exact for the elements that map the pixel grid to itself when
/// `(size + 2·padding − dilation·(kernelSize − 1) − 1) % stride == 0` in both directions and both paddings are equal.
open class DirectSteerableConvolution: SteerableConvolution {
  /// What stands in the padding.
  public let paddingMode: PaddingMode

  init<Basis>(
    from inputType: FieldType, to outputType: FieldType, basis: LayerBasis<Basis>, geometry: ConvolutionGeometry,
    paddingMode: PaddingMode, hasBias: Bool, initialization: WeightInitialization, warning: String?, dtype: DType,
    rng: inout Generator
  ) {
    self.paddingMode = paddingMode
    super.init(
      from: inputType, to: outputType, basis: basis, geometry: geometry, hasBias: hasBias,
      initialization: initialization, warning: warning, dtype: dtype, rng: &rng)
  }

  /// Convolves the fields.
  open override func forward(_ input: Tensor) -> Tensor {
    _ = evaluateOutputShape(input.shape)
    let (filter, bias) = (currentFilter, currentBias)
    if paddingMode == .zeros || padding == [0, 0] {
      return input.conv2d(
        filter, bias: bias, stride: [stride, stride], padding: padding, dilation: [dilation, dilation], groups: groups)
    }
    let padded = input.pad([padding[1], padding[1], padding[0], padding[0]], mode: paddingMode)
    return padded.conv2d(
      filter, bias: bias, stride: [stride, stride], padding: [0, 0], dilation: [dilation, dilation], groups: groups)
  }

  private var window: SlidingWindow {
    SlidingWindow(kernelSize: kernelSize, padding: (padding[0], padding[1]), stride: stride, dilation: dilation)
  }

  /// The shape of the output.
  open override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return window.outputShape(shape, channels: outputType.size, name: name)
  }

  /// Tells when windows lie off center.
  open override func latticeWarning(for shape: Shape) -> String? {
    window.warning(shape, name: name, space: inputType.space)
  }

  /// A plain convolution with the expanded filter.
  open override func export() -> Layer {
    withoutGradient {
      Conv2D(
        weight: expandFilter(), bias: expandBias(), stride: stride, padding: padding, paddingMode: paddingMode,
        dilation: dilation, groups: groups)
    }
  }

  /// Adds the padding mode to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if paddingMode != .zeros { description.add("paddingMode", ".\(paddingMode)") }
  }
}
