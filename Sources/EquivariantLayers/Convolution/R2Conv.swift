public import Layers
public import SteerableKernels
public import Tensors

/// A steerable convolution: the most general linear map between two field types that commutes with the group.
///
/// The filter is a weighted sum of basis kernels. While gradients are recorded it is computed in each call; in
/// evaluation mode without gradients it is kept until the weights change.
///
/// **Shapes**: `[N, inputType.size, H, W]` to `[N, outputType.size, H', W']` with
/// `H' = (H + 2·padding − dilation·(kernelSize − 1) − 1) / stride + 1`, rounded down.
///
/// **Symmetry**: exact for the elements that map the pixel grid to itself when
/// `(size + 2·padding − dilation·(kernelSize − 1) − 1) % stride == 0` in both directions (and both paddings are
/// equal), for odd and even sizes; else the windows lie off center and even 90° rotations are approximate. Ask
/// `isLatticeExact(for:)` and `latticeWarning(for:)`. All other elements are approximate, the better the smoother
/// the fields and the tighter the frequency cutoff.
///
/// **Traps**: when the basis is empty (the message has the cure), the types' groups differ, or `groups` does not
/// divide the fields. What is legal but probably not meant is told by `basisWarning`.
///
/// **Complexity**: the expansion is one matrix product with `weights × (out · k² · in)` multiplications per pair of
/// representations, a few percent of the convolution itself for usual batches.
///
/// **State**: `weights` `[weightCount]`, pairs of representations in lexicographic order of their names, then output
/// field, input field, basis kernel; `bias` `[trivial irreps of the output]`. The same in every mode.
///
/// **Reference**: Weiler, Cesa (2019), "General E(2)-equivariant steerable CNNs".
///
/// **escnn**: `R2Conv`, with e2cnn's layout of the weights.
public final class R2Conv: DirectSteerableConvolution {
  /// The basis kernels of the layer with the layout of the weights.
  public let kernelBasis: LayerKernelBasis

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
    let geometry = ConvolutionGeometry(
      "R2Conv", from: inputType, to: outputType, kernelSize: kernelSize, stride: stride, padding: padding,
      dilation: dilation, groups: groups)
    let configuration = inputType.space.kernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, basisFilter: basisFilter)
    kernelBasis = LayerKernelBasis.required(
      by: "R2Conv", from: geometry.group(of: inputType), to: outputType, configuration: configuration,
      recompute: recompute)
    super.init(
      from: inputType, to: outputType, basis: kernelBasis, geometry: geometry, paddingMode: paddingMode,
      hasBias: hasBias, initialization: initialization, warning: configuration.warning, dtype: dtype, rng: &rng)
  }

  /// The number of weights that a convolution between two types would have, zero for an empty basis.
  ///
  /// **Complexity**: that of creating the basis.
  public static func basisDimension(
    from input: FieldType, to output: FieldType, kernelSize: Int, dilation: Int = 1, sigma: [Double]? = nil,
    frequencyCutoff: FrequencyCutoff = .default, rings: [Double]? = nil, maximumOffset: Int? = nil,
    basisFilter: KernelFilter? = nil
  ) -> Int {
    let configuration = input.space.kernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, basisFilter: basisFilter)
    let basis = try? LayerKernelBasis(
      from: input.representations, to: output.representations, configuration: configuration)
    return basis?.weightCount ?? 0
  }
}
