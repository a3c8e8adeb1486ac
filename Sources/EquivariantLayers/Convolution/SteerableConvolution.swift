public import Layers
import SteerableKernels
public import Tensors

/// What `R2Conv`, `R2ConvTransposed` and `R2Diffop` share: weights that are summed to the filter of a plain convolution.
///
/// While gradients are recorded the filter is computed in each call; in evaluation mode without gradients it is kept
/// until the weights change.
///
/// **Symmetry**: for any weights; exact where the subclass says so.
///
/// **State**: `weights` `[weightCount]`, pairs of representations in lexicographic order of their names, then output
/// field, input field, element of the basis; `bias` `[trivial irreps of the output]`. The same in every mode.
open class SteerableConvolution: EquivariantModule, Convolution {
  /// The weights of the elements of the basis.
  public let weights: Parameter

  /// One bias for each trivial irrep of the output, if there are any.
  public let bias: Parameter?

  /// The edge of the kernel in pixels.
  public let kernelSize: Int

  /// The pixels added at top and bottom, and at left and right.
  public let padding: [Int]

  /// The step between windows.
  public let stride: Int

  /// The step between the pixels of a window.
  public let dilation: Int

  /// The number of groups of fields that are convolved apart.
  public let groups: Int

  /// One sentence on settings of the basis that are legal but probably not meant; nil when there is nothing to say.
  public let basisWarning: String?

  private let expansion: FilterExpansion
  private let biasExpansion: BiasExpansion
  private let keptFilter = Derived<Tensor>()
  private let keptCoefficients = Derived<Tensor>()
  private let keptBias = Derived<Tensor>()

  init<Basis>(
    from inputType: FieldType, to outputType: FieldType, basis: LayerBasis<Basis>, geometry: ConvolutionGeometry,
    hasBias: Bool, initialization: WeightInitialization, warning: String?, dtype: DType, rng: inout Generator
  ) {
    expansion = FilterExpansion(basis, from: geometry.group(of: inputType), to: outputType)
    biasExpansion = BiasExpansion(outputType)
    weights = Parameter(
      owning: initialization.weights(of: basis, dtype: dtype, layer: "\(Self.self)", rng: &rng))
    bias = hasBias && biasExpansion.count > 0 ? Parameter(Tensor.zeros([biasExpansion.count], dtype: dtype)) : nil
    kernelSize = geometry.kernelSize
    padding = geometry.padding
    stride = geometry.stride
    dilation = geometry.dilation
    groups = geometry.groups
    basisWarning = warning
    super.init(from: inputType, to: outputType)
  }

  /// The number of weights; what `weights` has.
  public final var weightCount: Int { weights.shape[0] }

  /// Computes the filter `[out, in / groups, k, k]` from the weights, in channels-last memory; gradients flow.
  public final func expandFilter() -> Tensor {
    withAutocast(enabled: false) { expansion.filter(weights.value) }
  }

  /// Computes the bias of each channel `[out]`; gradients flow.
  public final func expandBias() -> Tensor? {
    guard let bias else { return nil }
    return withAutocast(enabled: false) { biasExpansion(bias.value) }
  }

  /// The filter in the layout that the engine's operation takes.
  func arrangedFilter() -> Tensor { expandFilter() }

  private var keepsFilter: Bool { !isTraining && !isGradientEnabled }

  /// The arranged filter, kept where that is allowed.
  final var currentFilter: Tensor {
    keepsFilter ? keptFilter.value(of: [weights]) { arrangedFilter() } : arrangedFilter()
  }

  /// The scalar functions on the grid of which all filters are made.
  final var bank: FilterBank { expansion.bank }

  /// The coefficients of the filter with respect to the bank, `[out, functions · in]`, kept where that is allowed.
  final var currentCoefficients: Tensor {
    func expand() -> Tensor { withAutocast(enabled: false) { expansion.coefficients(weights.value) } }
    return keepsFilter ? keptCoefficients.value(of: [weights], expand) : expand()
  }

  /// The bias of each channel, kept where that is allowed.
  final var currentBias: Tensor? {
    guard let bias else { return nil }
    return keepsFilter ? keptBias.value(of: [bias]) { expandBias() ?? bias.value } : expandBias()
  }

  /// Forgets the kept filter while training, to free its memory.
  open override func trainingModeDidChange() {
    if isTraining {
      keptFilter.forget()
      keptCoefficients.forget()
      keptBias.forget()
    }
  }

  /// Adds sizes to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("kernelSize", kernelSize)
    if padding != [0, 0] { description.add("padding", padding) }
    if stride != 1 { description.add("stride", stride) }
    if dilation != 1 { description.add("dilation", dilation) }
    if groups != 1 { description.add("groups", groups) }
  }
}
