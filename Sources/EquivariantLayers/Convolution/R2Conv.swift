public import Layers
public import SteerableKernels
public import Tensors

/// A steerable convolution: the most general linear map between two field types that commutes with the group.
///
/// The filter is a weighted sum of basis kernels. While gradients are recorded it is computed in each call; in
/// evaluation mode
/// without gradients it is kept until the weights change.
///
/// **Shapes**: `[N, inputType.size, H, W]` to `[N, outputType.size, H', W']` with
/// `H' = (H + 2·padding − dilation·(kernelSize − 1) − 1) / stride + 1`, rounded down.
///
/// **Symmetry**: exact for the elements that map the pixel grid to itself when
/// `(size + 2·padding − dilation·(kernelSize − 1) − 1) % stride == 0` in both directions (and both paddings are
/// equal), for
/// odd and even sizes; else the windows lie off center and even 90° rotations are approximate. Ask
/// `isLatticeExact(for:)` and `latticeWarning(for:)`. All other elements are approximate, the better the smoother
/// the fields and
/// the tighter the frequency cutoff.
///
/// **Traps**: when the basis is empty (the message has the cure), the types' groups differ, or `groups` does not
/// divide the fields.
///
/// **Complexity**: the expansion is one matrix product with `weights × (out · k² · in)` multiplications per pair of
/// representations, a few percent of the convolution itself for usual batches.
///
/// **State**: `weights` `[weightCount]`, pairs of representations in lexicographic order of their names, then output
/// field,
/// input field, basis kernel; `bias` `[trivial irreps of the output]`. The same in every mode.
///
/// **Reference**: Weiler, Cesa (2019), "General E(2)-equivariant steerable CNNs".
///
/// **escnn**: `R2Conv`, with e2cnn's layout of the weights.
public final class R2Conv: EquivariantModule {
  /// The weights of the basis kernels.
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

  /// What stands in the padding.
  public let paddingMode: PaddingMode

  /// The number of groups of fields that are convolved apart.
  public let groups: Int

  private let expansion: FilterExpansion
  private let biasExpansion: BiasExpansion
  private let keptFilter = Derived<Tensor>()
  private let keptBias = Derived<Tensor>()

  /// Creates a convolution with random weights.
  ///
  /// - Parameters:
  ///   - kernelSize: The edge of the kernel in pixels, odd or even.
  ///   - padding: One number, or one for height and one for width.
  ///   - hasBias: Whether trivial parts of the output get a bias.
  ///   - sigma: The widths of the rings: one for all or one for each; nil for the default.
  ///   - frequencyCutoff: The highest frequency on each ring.
  ///   - rings: The radii of the rings in pixels; nil for the default.
  ///   - maximumOffset: A bound on the multiples of the rotation order by which frequencies differ; nil for none.
  ///   - recompute: Computes the basis anew instead of sharing it with layers that have the same.
  ///   - basisFilter: Keeps the basis kernels for which it holds.
  ///   - initialization: How the weights begin.
  ///   - rng: The source of random numbers.
  public init(
    from inputType: FieldType, to outputType: FieldType, kernelSize: Int, stride: Int = 1,
    padding: any SpatialValues = 0, paddingMode: PaddingMode = .zeros, dilation: Int = 1, groups: Int = 1,
    hasBias: Bool = true,
    sigma: [Double]? = nil, frequencyCutoff: FrequencyCutoff = .default, rings: [Double]? = nil,
    maximumOffset: Int? = nil, recompute: Bool = false, basisFilter: KernelFilter? = nil,
    initialization: WeightInitialization = .generalizedHe, dtype: DType = .float32, rng: inout Generator
  ) {
    let layer = "R2Conv"
    require(
      inputType.space == outputType.space, layer,
      "input type \(inputType) and output type \(outputType) live on different spaces")
    require(
      kernelSize >= 1 && stride >= 1 && dilation >= 1, layer,
      "kernel size \(kernelSize), stride \(stride), and dilation \(dilation) must be positive")
    guard let pads = padding.values(count: 2), pads.allSatisfy({ $0 >= 0 }) else {
      fail(layer, "padding must be one or two integers of at least 0, got \(padding)")
    }
    let configuration = KernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, axis: inputType.space.axis, filter: basisFilter)
    if recompute { SampledKernelBasis.emptyCache() }
    do {
      expansion = try FilterExpansion(
        from: Self.firstGroup(inputType, outputType, groups), to: outputType, configuration: configuration)
    } catch {
      fail(layer, Self.message(error))
    }
    biasExpansion = BiasExpansion(outputType)
    weights = Parameter(Self.initial(expansion.kernelBasis, initialization, dtype: dtype, rng: &rng))
    bias = hasBias && biasExpansion.count > 0 ? Parameter(Tensor.zeros([biasExpansion.count], dtype: dtype)) : nil
    self.kernelSize = kernelSize
    self.padding = pads
    self.stride = stride
    self.dilation = dilation
    self.paddingMode = paddingMode
    self.groups = groups
    super.init(from: inputType, to: outputType)
  }

  /// The error with its cure in terms of this layer's arguments.
  private static func message(_ error: KernelError) -> String {
    guard case .emptyBasis(_, _, let configuration) = error, configuration.kernelSize.isMultiple(of: 2),
      configuration.rings == nil
    else { return "\(error)" }
    let rings = KernelConfiguration.halfInteger(kernelSize: configuration.kernelSize, dilation: configuration.dilation)
    return "\(error); for R2Conv: frequencyCutoff: .halfInteger, rings: \(rings.resolvedRings)"
  }

  private static func firstGroup(_ input: FieldType, _ output: FieldType, _ groups: Int) -> FieldType {
    guard groups > 1 else {
      require(groups == 1, "R2Conv", "groups must be positive, got \(groups)")
      return input
    }
    for (type, side) in [(input, "input"), (output, "output")] {
      require(
        type.count.isMultiple(of: groups), "R2Conv",
        "\(groups) groups do not divide the \(type.count) fields of \(side) type \(type)")
      let size = type.count / groups
      let indices = type.storage.distinctIndex
      require(
        indices.indices.allSatisfy { indices[$0] == indices[$0 % size] }, "R2Conv",
        "the \(groups) groups of \(side) type \(type) do not repeat the same representations")
    }
    return input[0..<(input.count / groups)]
  }

  private static func initial(
    _ basis: LayerKernelBasis, _ initialization: WeightInitialization, dtype: DType, rng: inout Generator
  ) -> Tensor {
    let shape: Shape = [basis.weightCount]
    switch initialization {
    case .zeros:
      return Tensor.zeros(shape, dtype: dtype)
    case .generalizedHe:
      let deviations = Tensor(basis.heStandardDeviations(), shape: shape, dtype: dtype)
      return Tensor.randn(shape, using: &rng, dtype: dtype) * deviations
    case .deltaOrthogonal:
      do {
        return Tensor(try basis.deltaOrthogonalWeights(using: &rng), shape: shape, dtype: dtype)
      } catch {
        fail("R2Conv", "\(error)")
      }
    }
  }

  /// The number of weights; what `weights` has.
  public var weightCount: Int { expansion.kernelBasis.weightCount }

  /// The basis kernels of the layer with the layout of the weights.
  public var kernelBasis: LayerKernelBasis { expansion.kernelBasis }

  /// The number of weights that a convolution between two types would have, zero for an empty basis.
  ///
  /// **Complexity**: that of creating the basis.
  public static func basisDimension(
    from input: FieldType, to output: FieldType, kernelSize: Int, dilation: Int = 1, sigma: [Double]? = nil,
    frequencyCutoff: FrequencyCutoff = .default, rings: [Double]? = nil, maximumOffset: Int? = nil,
    basisFilter: KernelFilter? = nil
  ) -> Int {
    let configuration = KernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, axis: input.space.axis, filter: basisFilter)
    let basis = try? LayerKernelBasis(
      from: input.representations, to: output.representations, configuration: configuration)
    return basis?.weightCount ?? 0
  }

  /// Computes the filter `[out, in / groups, k, k]` from the weights, in channels-last memory; gradients flow.
  public func expandFilter() -> Tensor {
    withAutocast(enabled: false) { expansion.filter(weights.value) }
  }

  /// Computes the bias of each channel `[out]`; gradients flow.
  public func expandBias() -> Tensor? {
    guard let bias else { return nil }
    return withAutocast(enabled: false) { biasExpansion(bias.value) }
  }

  private var keepsFilter: Bool { !isTraining && !isGradientEnabled }

  private var currentFilter: Tensor {
    keepsFilter ? keptFilter.value(of: [weights]) { expandFilter() } : expandFilter()
  }

  private var currentBias: Tensor? {
    guard let bias else { return nil }
    return keepsFilter ? keptBias.value(of: [bias]) { expandBias() ?? bias.value } : expandBias()
  }

  /// Convolves the fields.
  public override func forward(_ input: Tensor) -> Tensor {
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

  /// Forgets the kept filter while training, to free its memory.
  public override func trainingModeDidChange() {
    if isTraining {
      keptFilter.forget()
      keptBias.forget()
    }
  }

  private var window: SlidingWindow {
    SlidingWindow(kernelSize: kernelSize, padding: (padding[0], padding[1]), stride: stride, dilation: dilation)
  }

  /// The shape of the output.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return window.outputShape(shape, channels: outputType.size, name: name)
  }

  /// Tells when windows lie off center.
  public override func latticeWarning(for shape: Shape) -> String? {
    window.warning(shape, name: name, space: inputType.space)
  }

  /// A plain convolution with the expanded filter.
  public override func export() -> Layer {
    withoutGradient {
      Conv2D(
        weight: expandFilter(), bias: expandBias(), stride: stride, padding: padding, paddingMode: paddingMode,
        dilation: dilation, groups: groups)
    }
  }

  /// Adds sizes to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("kernelSize", kernelSize)
    if padding != [0, 0] { description.add("padding", padding) }
    if stride != 1 { description.add("stride", stride) }
    if dilation != 1 { description.add("dilation", dilation) }
    if groups != 1 { description.add("groups", groups) }
  }
}
