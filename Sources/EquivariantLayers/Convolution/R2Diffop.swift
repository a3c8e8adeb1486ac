public import Layers
public import SteerableKernels
public import Tensors

/// A steerable partial differential operator: a weighted sum of gradients, Laplacians and their like between two field
/// types, as a convolution with their stencils.
///
/// Of `kernelSize`, `maximumOrder` and `accuracy`, give one or two; the others follow. The accuracy p is the power of
/// the pixel distance in the error of finite differences: kernel size ≈ order + accuracy. It is 2 unless given.
///
/// ```swift
/// R2Diffop(from: image, to: hidden, kernelSize: 5, padding: 2, rng: &rng)                    // order 4
/// R2Diffop(from: image, to: hidden, maximumOrder: 2, accuracy: 4, padding: 2, rng: &rng)     // 5 × 5 pixels
/// ```
///
/// **Shapes**: `[N, inputType.size, H, W]` to `[N, outputType.size, H', W']` with
/// `H' = (H + 2·padding − dilation·(kernelSize − 1) − 1) / stride + 1`, rounded down.
///
/// **Symmetry**: exact for the elements that map the pixel grid to itself, as `R2Conv`, for rotations and reflections and
/// for every discretization. All other elements are as exact as the derivatives; Gaussians of a width of a quarter
/// of the kernel's size do best on rough images.
///
/// **Traps**: when the basis is empty, all or none of kernel size, order and accuracy are given, the order is not below
/// the kernel size, an angle offset is given on a space with reflections, or as `R2Conv` does. What is legal but probably
/// not meant is told by `basisWarning`.
///
/// **Complexity**: as `R2Conv`; stencils are computed once per process, in microseconds, so there is nothing to store.
///
/// **State**: as `R2Conv`: `weights` and `bias`, the same in every mode.
///
/// **Reference**: Jenner and Weiler, "Steerable Partial Differential Operators for Equivariant Neural Networks" (2022).
///
/// **escnn**: e2cnn's `R2Diffop`, with its layout of the weights. Its finite differences are turned by 90° and break
/// reflections; these are upright.
public final class R2Diffop: DirectSteerableConvolution {
  /// The operators of the layer with the layout of the weights.
  public let diffopBasis: LayerDiffopBasis

  /// Creates an operator with random weights.
  ///
  /// - Parameters:
  ///   - kernelSize: The edge of the stencil in pixels; nil to follow from order and accuracy.
  ///   - maximumOrder: The highest order of derivatives; nil to follow from kernel size and accuracy.
  ///   - accuracy: The power of the pixel distance in the error; nil for 2, or for what size and order give.
  ///   - padding: One number, or one for height and one for width.
  ///   - hasBias: Whether trivial parts of the output get a bias.
  ///   - maximumPower: The highest power of the Laplacian; nil for half the order.
  ///   - maximumOffset: A bound on the multiples of the rotation order by which frequencies differ; nil for none.
  ///   - angleOffset: An angle in radians by which all operators are turned; only for groups without reflections.
  ///   - discretization: How derivatives become weights of pixels.
  ///   - recompute: Computes the basis anew instead of sharing it with layers that have the same.
  ///   - basisFilter: Keeps the operators for which it holds.
  ///   - initialization: How the weights begin.
  ///   - rng: The source of random numbers.
  public init(
    from inputType: FieldType, to outputType: FieldType, kernelSize: Int? = nil, maximumOrder: Int? = nil,
    accuracy: Int? = nil, stride: Int = 1, padding: any SpatialValues = 0, paddingMode: PaddingMode = .zeros,
    dilation: Int = 1, groups: Int = 1, hasBias: Bool = true, maximumPower: Int? = nil, maximumOffset: Int? = nil,
    angleOffset: Double = 0, discretization: DiffopDiscretization = .finiteDifferences, recompute: Bool = false,
    basisFilter: DiffopFilter? = nil, initialization: WeightInitialization = .generalizedHe, dtype: DType = .float32,
    rng: inout Generator
  ) {
    let layer = "R2Diffop"
    do throws(KernelError) {
      let (size, order) = try DiffopConfiguration.resolve(
        kernelSize: kernelSize, accuracy: accuracy, maximumOrder: maximumOrder)
      let geometry = ConvolutionGeometry(
        layer, from: inputType, to: outputType, kernelSize: size, stride: stride, padding: padding, dilation: dilation,
        groups: groups)
      if recompute { SampledDiffopBasis.emptyCache() }
      let configuration = inputType.space.diffopConfiguration(
        kernelSize: size, dilation: dilation, maximumOrder: order, maximumPower: maximumPower,
        maximumOffset: maximumOffset, angleOffset: angleOffset, discretization: discretization,
        basisFilter: basisFilter)
      diffopBasis = try LayerDiffopBasis(
        from: geometry.group(of: inputType).representations, to: outputType.representations,
        configuration: configuration)
      super.init(
        from: inputType, to: outputType, basis: diffopBasis, geometry: geometry, paddingMode: paddingMode,
        hasBias: hasBias, initialization: initialization, warning: configuration.warning, dtype: dtype, rng: &rng)
    } catch {
      fail(layer, "\(error)")
    }
  }

  /// The highest order of derivatives.
  public var maximumOrder: Int { diffopBasis.configuration.maximumOrder }

  /// The power of the pixel distance in the error of finite differences of the highest order.
  public var accuracy: Int { diffopBasis.configuration.accuracy }

  /// How derivatives become weights of pixels.
  public var discretization: DiffopDiscretization { diffopBasis.configuration.discretization }

  /// The number of weights that an operator between two types would have, zero for an empty basis.
  ///
  /// **Complexity**: that of creating the basis.
  public static func basisDimension(
    from input: FieldType, to output: FieldType, kernelSize: Int, maximumOrder: Int, maximumPower: Int? = nil,
    maximumOffset: Int? = nil, basisFilter: DiffopFilter? = nil
  ) -> Int {
    let configuration = input.space.diffopConfiguration(
      kernelSize: kernelSize, maximumOrder: maximumOrder, maximumPower: maximumPower, maximumOffset: maximumOffset,
      basisFilter: basisFilter)
    let basis = try? LayerDiffopBasis(
      from: input.representations, to: output.representations, configuration: configuration)
    return basis?.weightCount ?? 0
  }

  /// Adds orders and discretization to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("maximumOrder", maximumOrder)
    if discretization != .finiteDifferences { description.add("discretization", "\(discretization)") }
  }
}
