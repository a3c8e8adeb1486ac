public import EquivariantLayers
public import Layers
internal import SteerableKernels
internal import Symmetry
public import Tensors

/// A residual block with batch norm and ReLU before each of its two convolutions.
///
/// Where stride or type change, the shortcut is a 1 × 1 convolution of the normalized input; else it is the input itself.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C', H', W']`, smaller by the stride.
///
/// **Symmetry**: as its convolutions: exact on the pixel grid where `R2Conv` is, for the stride's kernels.
///
/// **Traps**: when a representation is not a permutation.
///
/// **State**: `bn1`, `conv1`, `bn2`, `dropout`, `conv2` and `shortcut`, each with its own keys.
///
/// **Reference**: He et al., "Identity mappings in deep residual networks", ECCV 2016; Zagoruyko and Komodakis, BMVC 2016.
public final class WideBasicBlock: EquivariantModule {
  /// The first normalization.
  public let norm1: InnerBatchNorm
  /// The nonlinearity after it.
  public let relu1: ReLU
  /// The convolution of stride 1.
  public let conv1: R2Conv
  /// The second normalization.
  public let norm2: InnerBatchNorm
  /// The nonlinearity after it.
  public let relu2: ReLU
  /// Dropout before the second convolution, if any.
  public let dropout: PointwiseDropout?
  /// The convolution with the block's stride.
  public let conv2: R2Conv
  /// The convolution of the shortcut, where there is one.
  public let shortcut: R2Conv?

  /// The keys of the original.
  public override class var stateKeys: [String: String] { ["norm1": "bn1", "norm2": "bn2"] }

  init(
    _ block: SteerableWideResNetPlan.Block, cutoff: FrequencyCutoff, initialization: WeightInitialization,
    dropout probability: Double, rng: inout Generator
  ) {
    func convolution(
      from input: FieldType, to output: FieldType, kernelSize: Int, stride: Int, rng: inout Generator
    ) -> R2Conv {
      R2Conv(
        from: input, to: output, kernelSize: kernelSize, stride: stride, padding: (kernelSize - 1) / 2, hasBias: false,
        frequencyCutoff: cutoff, initialization: initialization, rng: &rng)
    }
    norm1 = InnerBatchNorm(block.input)
    relu1 = ReLU(block.input)
    conv1 = convolution(from: block.input, to: block.inner, kernelSize: block.kernelSize, stride: 1, rng: &rng)
    norm2 = InnerBatchNorm(block.inner)
    relu2 = ReLU(block.inner)
    dropout = probability > 0 ? PointwiseDropout(block.inner, probability: probability, rng: &rng) : nil
    conv2 = convolution(
      from: block.inner, to: block.output, kernelSize: block.kernelSize, stride: block.stride, rng: &rng)
    shortcut =
      block.hasProjection
      ? convolution(from: block.input, to: block.output, kernelSize: 1, stride: block.stride, rng: &rng) : nil
    super.init(from: block.input, to: block.output)
  }

  private var body: [EquivariantModule] {
    [conv1, norm2, relu2] + (dropout.map { [$0] } ?? []) + [conv2]
  }

  /// The sum of both branches.
  ///
  /// **Symmetry**: as its convolutions.
  public override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    let normalized = relu1(norm1(input))
    let main = body.reduce(normalized) { $1($0) }
    return main + (shortcut.map { $0(normalized) } ?? input)
  }

  /// The shape of both branches.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    body.reduce(shape) { $1.evaluateOutputShape($0) }
  }

  /// Tells when a stride leaves kernels off center.
  public override func latticeWarning(for shape: Shape) -> String? {
    conv1.latticeWarning(for: shape) ?? conv2.latticeWarning(for: conv1.evaluateOutputShape(shape))
  }

  /// The plain layers in order, so that what stands before can be joined with the first.
  var exportedLayers: [Layer] {
    let entry = [norm1.export(), relu1.export()]
    let main = body.map { $0.export() }
    if let shortcut { return entry + [Residual(Sequential(main), shortcut: shortcut.export())] }
    return [Residual(Sequential(entry + main))]
  }

  /// A plain residual block.
  public override func export() -> Layer { Sequential(exportedLayers) }

  /// Adds the kernel and the stride to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("kernelSize", conv1.kernelSize)
    if conv2.stride != 1 { description.add("stride", conv2.stride) }
  }
}
