public import Tensors

/// A multiplicative filter network of waves under Gaussians with a width for each coordinate.
///
/// The inverse widths of filter i are gamma distributed with shape α / (i + 1) and rate β: later filters are wider.
///
/// **Symmetry**: acts on each point by itself.
///
/// **Reference**: Romero et al. (2022), "FlexConv: Continuous kernel convolutions with differentiable kernel sizes".
public final class MAGNet: MultiplicativeFilterNetwork {
  /// Creates a kernel of `layers` + 1 filters.
  public init(
    dimensions: Int, outputs: Int, hidden: Int, layers: Int = 3, inputScale: Double = 256, alpha: Double = 6,
    beta: Double = 1, hasWeightNorm: Bool = false, rng: inout Generator
  ) {
    Self.checkLayers(layers, inputScale, "MAGNet")
    let filters = (0...layers).map { index in
      KernelFilterBank.random(
        dimensions: dimensions, hidden: hidden, scale: inputScale / Double(layers + 1).squareRoot(),
        gaussians: (isotropic: false, shape: alpha / Double(index + 1), rate: beta), rng: &rng)
    }
    super.init(
      dimensions: dimensions, outputs: outputs, hidden: hidden, filters: filters, hasWeightNorm: hasWeightNorm,
      rng: &rng)
  }
}
