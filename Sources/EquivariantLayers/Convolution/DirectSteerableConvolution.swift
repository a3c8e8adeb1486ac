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

  /// How the convolution is computed: by the faster way unless one is asked for.
  public var path = ConvolutionPath.automatic

  private let keptQuadrants = Derived<Tensor>()

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
    if paddingMode == .zeros || padding == [0, 0] { return convolve(input, padding: padding) }
    return convolve(
      input.pad([padding[1], padding[1], padding[0], padding[0]], mode: paddingMode), padding: [0, 0])
  }

  /// Convolves images that are padded with zeros or not at all.
  private func convolve(_ images: Tensor, padding: [Int]) -> Tensor {
    let path = selectedPath(images, padding: padding)
    let images = path == .dense ? images : images.to(productType(images) ?? images.dtype)
    return switch path {
    case .factorized:
      images.factorizedConv2d(
        currentCoefficients, bank: quadrants, counts: bank.counts, kernelSize: kernelSize, bias: currentBias,
        stride: [stride, stride], padding: padding)
    case .winograd: images.winogradConv2d(currentFilter, bias: currentBias, padding: padding)
    case .dense, .automatic:
      images.conv2d(
        currentFilter, bias: currentBias, stride: [stride, stride], padding: padding, dilation: [dilation, dilation],
        groups: groups)
    }
  }

  /// The path by which images are convolved now, which depends on their number, size, type and device, and on autocast.
  public final func selectedPath(for images: Tensor) -> ConvolutionPath {
    _ = evaluateOutputShape(images.shape)
    return selectedPath(images, padding: padding)
  }

  private func selectedPath(_ images: Tensor, padding: [Int]) -> ConvolutionPath {
    let paths = possiblePaths
    guard let type = productType(images), !paths.isEmpty else { return .dense }
    guard path == .automatic else { return paths.contains(path) ? path : .dense }
    guard Torch.areLoopsOptimized else { return .dense }
    let sides = (0..<2).map { (images.shape[$0 + 2] + 2 * padding[$0] - kernelSize) / stride + 1 }
    let cost = ConvolutionCost(
      bank, inputs: inputType.size, outputs: outputType.size, type: type, images: images.shape[0], sides: sides)
    return cost.fastest(of: paths)
  }

  /// What is there for the layer's geometry beside the plain convolution.
  private var possiblePaths: [ConvolutionPath] {
    guard dilation == 1, groups == 1, path != .dense else { return [] }
    let hasBlocks = kernelSize == 3 && stride == 1
    return ([3, 5, 7].contains(kernelSize) ? [.factorized] : []) + (hasBlocks ? [.winograd] : [])
  }

  /// The type of the images that this library's own convolutions take now; nil where there are none.
  ///
  /// Under autocast images are cast as for the plain convolution, while coefficients and sums stay in float32.
  private func productType(_ images: Tensor) -> DType? {
    guard images.device == .cpu, weights.value.device == .cpu else { return nil }
    let isComputed = images.dtype == weights.value.dtype
    guard let type = Torch.autocastDType(on: .cpu) else {
      return isComputed && [.float32, .float64].contains(images.dtype) ? images.dtype : nil
    }
    let isCast = weights.value.dtype == .float32 && (isComputed || images.dtype == type)
    return isCast && type == .bfloat16 && Tensor.hasFactorizedConv2d(in: type) ? type : nil
  }

  /// The functions of the bank as the engine takes them.
  private var quadrants: Tensor {
    keptQuadrants.value(of: []) {
      let values = bank.quadrants
      return Tensor(values, shape: [values.count], dtype: .float64)
    }
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

  /// Adds the padding mode and a path that was asked for to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if path != .automatic { description.add("path", ".\(path)") }
    if paddingMode != .zeros { description.add("paddingMode", ".\(paddingMode)") }
  }
}
