public import Tensors

/// A multiplicative filter network of plain waves.
///
/// **Symmetry**: acts on each point by itself.
///
/// **Reference**: Fathony et al. (2021), "Multiplicative filter networks".
public final class FourierNet: MultiplicativeFilterNetwork {
  /// Creates a kernel of `layers` + 1 filters.
  ///
  /// The default scale of frequencies is the original's and far above what small kernels can carry; see
  /// `limitBandwidth(to:axes:)`.
  public init(
    dimensions: Int, outputs: Int, hidden: Int, layers: Int = 3, inputScale: Double = 256,
    hasWeightNorm: Bool = false, rng: inout Generator
  ) {
    Self.checkLayers(layers, inputScale, "FourierNet")
    let scale = inputScale / Double(layers + 1).squareRoot()
    let filters = (0...layers).map { _ in
      KernelFilterBank.random(dimensions: dimensions, hidden: hidden, scale: scale, gaussians: nil, rng: &rng)
    }
    super.init(
      dimensions: dimensions, outputs: outputs, hidden: hidden, filters: filters, hasWeightNorm: hasWeightNorm,
      rng: &rng)
  }
}
