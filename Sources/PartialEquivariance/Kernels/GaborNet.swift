public import Tensors

/// A multiplicative filter network of waves under round Gaussians.
///
/// The inverse widths are gamma distributed with shape α / (layers + 1) and rate β.
///
/// **Symmetry**: acts on each point by itself.
///
/// **Reference**: Fathony et al. (2021), "Multiplicative filter networks".
public final class GaborNet: MultiplicativeFilterNetwork {
  /// Creates a kernel of `layers` + 1 filters.
  public init(
    dimensions: Int, outputs: Int, hidden: Int, layers: Int = 3, inputScale: Double = 256, alpha: Double = 6,
    beta: Double = 1, hasWeightNorm: Bool = false, rng: inout Generator
  ) {
    Self.checkLayers(layers, inputScale, "GaborNet")
    let count = Double(layers + 1)
    let filters = (0...layers).map { _ in
      KernelFilterBank.random(
        dimensions: dimensions, hidden: hidden, scale: inputScale / count.squareRoot(),
        gaussians: (isotropic: true, shape: alpha / count, rate: beta), rng: &rng)
    }
    super.init(
      dimensions: dimensions, outputs: outputs, hidden: hidden, filters: filters, hasWeightNorm: hasWeightNorm,
      rng: &rng)
  }
}
