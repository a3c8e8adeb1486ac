public import Layers
public import Tensors

/// A kernel that multiplies filters: z = g₀(x), then z = gᵢ(x) (Wᵢ z + bᵢ), then a linear map.
///
/// **Symmetry**: acts on each point by itself.
///
/// **State**: `filters`, `layers`, `output`.
///
/// **Reference**: Fathony et al. (2021), "Multiplicative filter networks".
open class MultiplicativeFilterNetwork: KernelNetwork {
  /// The filters, one more than there are `layers`.
  public final let filters: [KernelFilterBank]
  /// The maps between them.
  public final let layers: [PointwiseLinear]

  /// Creates a kernel from its filters.
  ///
  /// The maps' weights are uniform in ±√(1/hidden), everything else as in `Linear`.
  public init(
    dimensions: Int, outputs: Int, hidden: Int, filters: [KernelFilterBank], hasWeightNorm: Bool, rng: inout Generator
  ) {
    self.filters = filters
    let bound = (1 / Double(hidden)).squareRoot()
    layers = filters.dropFirst().map { _ in
      PointwiseLinear(
        weight: Tensor.rand([hidden, hidden], using: &rng, low: -bound, high: bound),
        bias: Initializer.torchDefaultBias(fanIn: hidden)([hidden], using: &rng), hasWeightNorm: hasWeightNorm)
    }
    super.init(
      dimensions: dimensions, hidden: hidden,
      output: PointwiseLinear(from: hidden, to: outputs, hasWeightNorm: hasWeightNorm, rng: &rng))
  }

  /// The product's last value.
  public final override func features(_ points: Tensor) -> Tensor {
    var z = filters[0](points)
    for (filter, layer) in zip(filters.dropFirst(), layers) { z = filter(points) * layer(z) }
    return z
  }

  /// The sum of the filters' frequencies, as a product of waves has.
  public final override func bandwidth(axes: Int) -> Double {
    filters.reduce(0) { $0 + $1.frequency(axes: min(axes, dimensions)) + $1.inverseWidth }
  }

  /// Widens the Gaussians until they take at most half of the band, and scales the waves into the rest.
  public final override func limitBandwidth(to limit: Double, axes: Int) {
    let axes = min(axes, dimensions)
    let widths = filters.reduce(0) { $0 + $1.inverseWidth }
    if widths > limit / 2 { for filter in filters { filter.gamma?.update { $0 * (limit / 2 / widths) } } }
    let rest = limit - min(widths, limit / 2)
    let waves = filters.reduce(0) { $0 + $1.frequency(axes: axes) }
    if waves > rest { for filter in filters { filter.weight.update { $0 * (rest / waves) } } }
  }

  /// Adds the number of products.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("layers", layers.count)
  }

  static func checkLayers(_ count: Int, _ inputScale: Double, _ name: String) {
    guard count >= 1, inputScale > 0, inputScale.isFinite else {
      Torch.fail(op: name, "needs a layer or more and a positive inputScale, got \(count) and \(inputScale)")
    }
  }
}
