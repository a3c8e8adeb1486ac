public import SteerableKernels
public import Symmetry

extension GSpace {
  /// The settings of sampled kernels on this space: its axis and its action are filled in.
  public func kernelConfiguration(
    kernelSize: Int, dilation: Int = 1, rings: [Double]? = nil, sigma: [Double]? = nil,
    frequencyCutoff: FrequencyCutoff = .default, maximumOffset: Int? = nil, basisFilter: KernelFilter? = nil
  ) -> KernelConfiguration {
    KernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, axis: axis, filter: basisFilter, action: action)
  }

  /// The continuous kernels between two representations: rings of Gaussian profile times angular solutions.
  ///
  /// - Parameters:
  ///   - rings: The radii in pixels.
  ///   - sigma: The width of each ring, or one for all.
  ///   - maximumFrequency: The highest angular frequency on every ring.
  ///   - maximumOffset: A bound on the multiples of the rotation order by which frequencies differ; nil for none.
  ///
  /// **Symmetry**: exact for all elements of the group, anywhere in the plane.
  ///
  /// **Throws**: `KernelError` for representations of another group or rings and widths that do not fit.
  ///
  /// **escnn**: `build_kernel_basis`.
  public func buildKernelBasis(
    from input: Representation, to output: Representation, rings: [Double], sigma: [Double], maximumFrequency: Int,
    maximumOffset: Int? = nil, basisFilter: KernelFilter? = nil
  ) throws(KernelError) -> KernelBasis {
    guard input.group == group else { throw .groupMismatch(group.name, input.group.name) }
    let radius = rings.max() ?? 0
    guard radius.isFinite, radius < 1000 else { throw .invalidConfiguration("ring radius \(radius) is not below 1000") }
    // The continuous kernels have no grid; the size only has to hold the rings.
    let configuration = kernelConfiguration(
      kernelSize: 2 * max(0, Int(radius.rounded(.up))) + 1, rings: rings, sigma: sigma,
      frequencyCutoff: .custom(id: "frequency<=\(maximumFrequency)") { _ in Double(maximumFrequency) },
      maximumOffset: maximumOffset, basisFilter: basisFilter)
    return try KernelBasis(from: input, to: output, configuration: configuration)
  }

  /// The kernels between two representations on a grid of pixels, normalized, from the store of the process.
  ///
  /// **Symmetry**: exact for the elements that keep the grid.
  ///
  /// **Throws**: `KernelError` for representations of another group or settings that do not fit.
  public func buildSampledKernelBasis(
    from input: Representation, to output: Representation, kernelSize: Int, dilation: Int = 1,
    rings: [Double]? = nil, sigma: [Double]? = nil, frequencyCutoff: FrequencyCutoff = .default,
    maximumOffset: Int? = nil, basisFilter: KernelFilter? = nil
  ) throws(KernelError) -> SampledKernelBasis {
    guard input.group == group else { throw .groupMismatch(group.name, input.group.name) }
    return try SampledKernelBasis.checkedBasis(
      from: input, to: output,
      configuration: kernelConfiguration(
        kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: sigma, frequencyCutoff: frequencyCutoff,
        maximumOffset: maximumOffset, basisFilter: basisFilter))
  }

  /// The settings of differential operators on this space: its axis and its action are filled in.
  public func diffopConfiguration(
    kernelSize: Int, dilation: Int = 1, maximumOrder: Int, maximumPower: Int? = nil, maximumOffset: Int? = nil,
    angleOffset: Double = 0, discretization: DiffopDiscretization = .finiteDifferences,
    basisFilter: DiffopFilter? = nil
  ) -> DiffopConfiguration {
    DiffopConfiguration(
      kernelSize: kernelSize, dilation: dilation, maximumOrder: maximumOrder, maximumPower: maximumPower,
      maximumOffset: maximumOffset, axis: axis, angleOffset: angleOffset, discretization: discretization,
      filter: basisFilter, action: action)
  }

  /// The differential operators between two representations, as matrices of polynomials in ∂x and ∂y.
  ///
  /// **Symmetry**: exact for all elements of the group.
  ///
  /// **Throws**: `KernelError` for representations of another group or orders that are negative.
  ///
  /// **escnn**: `build_diffop_basis`, which forgets the power and the angle when it looks into its store.
  public func buildDiffopBasis(
    from input: Representation, to output: Representation, maximumOrder: Int, maximumPower: Int? = nil,
    maximumOffset: Int? = nil, angleOffset: Double = 0, basisFilter: DiffopFilter? = nil
  ) throws(KernelError) -> DiffopBasis {
    guard input.group == group else { throw .groupMismatch(group.name, input.group.name) }
    let configuration = diffopConfiguration(
      kernelSize: max(1, maximumOrder + 1), maximumOrder: maximumOrder, maximumPower: maximumPower,
      maximumOffset: maximumOffset, angleOffset: angleOffset, basisFilter: basisFilter)
    return try DiffopBasis(from: input, to: output, configuration: configuration)
  }

  /// The differential operators between two representations as weights of pixels, normalized, from the store.
  ///
  /// **Symmetry**: exact for the elements that keep the grid.
  ///
  /// **Throws**: `KernelError` for representations of another group or settings that do not fit.
  public func buildSampledDiffopBasis(
    from input: Representation, to output: Representation, kernelSize: Int, dilation: Int = 1, maximumOrder: Int,
    maximumPower: Int? = nil, maximumOffset: Int? = nil, angleOffset: Double = 0,
    discretization: DiffopDiscretization = .finiteDifferences, basisFilter: DiffopFilter? = nil
  ) throws(KernelError) -> SampledDiffopBasis {
    guard input.group == group else { throw .groupMismatch(group.name, input.group.name) }
    return try SampledDiffopBasis.checkedBasis(
      from: input, to: output,
      configuration: diffopConfiguration(
        kernelSize: kernelSize, dilation: dilation, maximumOrder: maximumOrder, maximumPower: maximumPower,
        maximumOffset: maximumOffset, angleOffset: angleOffset, discretization: discretization,
        basisFilter: basisFilter))
  }
}
