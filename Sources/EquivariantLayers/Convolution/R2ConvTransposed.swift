public import Layers
public import SteerableKernels
public import Tensors

/// The transpose of a steerable convolution: every pixel spreads a kernel over the output, which enlarges images.
///
/// The kernels are those of `R2Conv` between the same types; dilation moves their rings along. With the transposed
/// filter of an `R2Conv` in the other direction (and orthogonal representations) it is that layer's adjoint.
///
/// **Shapes**: `[N, inputType.size, H, W]` to `[N, outputType.size, H', W']` with
/// `H' = (H − 1)·stride − 2·padding + dilation·(kernelSize − 1) + outputPadding + 1`.
///
/// **Symmetry**: exact for the elements that map the pixel grid to itself, for any stride and any size, when
/// `outputPadding` is 0 and both paddings are equal; output padding adds rows at one side only, so it moves the center.
/// All other elements are approximate.
///
/// **Traps**: when the basis is empty, the types' groups differ, `groups` does not divide the fields, or the output
/// padding is not below the stride or the dilation.
///
/// **Complexity**: as `R2Conv`.
///
/// **State**: as `R2Conv`: `weights` and `bias`, the same in every mode.
///
/// **escnn**: `R2ConvTransposed`, with e2cnn's layout of the weights; there dilation leaves the rings in place, predicted
/// shapes are those of `R2Conv`, and the export loses the output padding.
public final class R2ConvTransposed: SteerableConvolution {
  /// The basis kernels of the layer with the layout of the weights.
  public let kernelBasis: LayerKernelBasis

  /// The rows and the columns added at the far sides of the output.
  public let outputPadding: [Int]

  /// Creates a transposed convolution with random weights.
  ///
  /// - Parameters:
  ///   - kernelSize: The edge of the kernel in pixels, odd or even.
  ///   - padding: How many rows and columns the output loses at each side: one number, or one for each direction.
  ///   - outputPadding: The rows and columns added at the far sides: one number, or one for each direction.
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
    padding: any SpatialValues = 0, outputPadding: any SpatialValues = 0, dilation: Int = 1, groups: Int = 1,
    hasBias: Bool = true, sigma: [Double]? = nil, frequencyCutoff: FrequencyCutoff = .default, rings: [Double]? = nil,
    maximumOffset: Int? = nil, recompute: Bool = false, basisFilter: KernelFilter? = nil,
    initialization: WeightInitialization = .generalizedHe, dtype: DType = .float32, rng: inout Generator
  ) {
    let geometry = ConvolutionGeometry(
      "R2ConvTransposed", from: inputType, to: outputType, kernelSize: kernelSize, stride: stride, padding: padding,
      dilation: dilation, groups: groups)
    guard let extra = outputPadding.values(count: 2),
      extra.allSatisfy({ $0 >= 0 && $0 < max(stride, dilation) })
    else {
      fail(
        "R2ConvTransposed",
        "output padding must be one or two integers of at least 0 and below stride \(stride) or dilation \(dilation),"
          + " got \(outputPadding)")
    }
    self.outputPadding = extra
    let configuration = inputType.space.kernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, basisFilter: basisFilter)
    kernelBasis = LayerKernelBasis.required(
      by: "R2ConvTransposed", from: geometry.group(of: inputType), to: outputType, configuration: configuration,
      recompute: recompute)
    super.init(
      from: inputType, to: outputType, basis: kernelBasis, geometry: geometry, hasBias: hasBias,
      initialization: initialization, warning: configuration.warning, dtype: dtype, rng: &rng)
  }

  /// The filter `[in, out / groups, k, k]`: in each group, inputs and outputs change places.
  override func arrangedFilter() -> Tensor {
    let filter = expandFilter()
    let (inputs, outputs) = (inputType.size / groups, outputType.size / groups)
    if groups == 1 { return filter.transpose(0, 1) }
    return filter.reshape([groups, outputs, inputs, kernelSize, kernelSize]).permute([0, 2, 1, 3, 4])
      .reshape([groups * inputs, outputs, kernelSize, kernelSize])
  }

  /// Spreads the fields.
  public override func forward(_ input: Tensor) -> Tensor {
    _ = evaluateOutputShape(input.shape)
    return input.convTransposed2d(
      currentFilter, bias: currentBias, stride: [stride, stride], padding: padding, outputPadding: outputPadding,
      dilation: [dilation, dilation], groups: groups)
  }

  /// The shape of the output.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    let sizes = (0..<2).map { axis in
      (shape[axis + 2] - 1) * stride - 2 * padding[axis] + dilation * (kernelSize - 1) + outputPadding[axis] + 1
    }
    require(
      sizes.allSatisfy { $0 > 0 }, name,
      "nothing remains of images \(shape[2]) × \(shape[3]) with kernel size \(kernelSize), stride \(stride), padding \(padding)"
    )
    return [shape[0], outputType.size, sizes[0], sizes[1]]
  }

  /// Tells when the output lies off center.
  public override func latticeWarning(for shape: Shape) -> String? {
    let demands = LatticeDemands(inputType.space)
    for (axis, isReversed) in [demands.reversesHeight, demands.reversesWidth].enumerated()
    where isReversed && outputPadding[axis] != 0 {
      return
        "\(name) adds \(outputPadding[axis]) rows or columns at one side of the output, so rotations and reflections"
        + " are not exact; choose a kernel size and padding that need no output padding"
    }
    if demands.exchangesDirections, padding[0] != padding[1] || outputPadding[0] != outputPadding[1] {
      return "\(name) has padding \(padding) and output padding \(outputPadding), so quarter turns are not exact"
    }
    return nil
  }

  /// A plain transposed convolution with the expanded filter.
  public override func export() -> Layer {
    withoutGradient {
      ConvTransposed2D(
        weight: arrangedFilter(), bias: expandBias(), stride: stride, padding: padding, outputPadding: outputPadding,
        dilation: dilation, groups: groups)
    }
  }

  /// Adds the output padding to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if outputPadding != [0, 0] { description.add("outputPadding", outputPadding) }
  }
}
