public import Layers
public import Tensors

/// A kernel of sine layers: y = sin(ω₀ (W x + b)), then a linear map.
///
/// At the start the first layer's weights are uniform in ±1/dimensions and all others in ±√(6/hidden)/ω₀, and biases are
/// zero; a lifting kernel is therefore zero at its center.
///
/// **Symmetry**: acts on each point by itself.
///
/// **State**: `layers`, `output`, and `frequencies` if ω₀ is learned.
///
/// **Reference**: Sitzmann et al. (2020), "Implicit neural representations with periodic activation functions".
public final class SIREN: KernelNetwork {
  /// The maps before the sines.
  public let layers: [PointwiseLinear]
  /// ω₀ of each sine layer, if learned.
  public let frequencies: [Parameter]
  /// ω₀ at the start.
  public let omega0: Double

  /// Creates a kernel with `layers` - 1 sine layers.
  ///
  /// **Traps**: with fewer than two layers or unless ω₀ is positive.
  public init(
    dimensions: Int, outputs: Int, hidden: Int, layers count: Int = 3, omega0: Double, learnsOmega0: Bool = false,
    hasWeightNorm: Bool = false, rng: inout Generator
  ) {
    guard count >= 2, omega0 > 0, omega0.isFinite else {
      Torch.fail(op: "SIREN", "needs two layers or more and a positive omega0, got \(count) and \(omega0)")
    }
    func linear(from inputs: Int, to outputs: Int, bound: Double, rng: inout Generator) -> PointwiseLinear {
      PointwiseLinear(
        weight: Tensor.rand([outputs, inputs], using: &rng, low: -bound, high: bound), bias: Tensor.zeros([outputs]),
        hasWeightNorm: hasWeightNorm)
    }
    let later = (6 / Double(hidden)).squareRoot() / omega0
    var layers = [linear(from: dimensions, to: hidden, bound: 1 / Double(dimensions), rng: &rng)]
    for _ in 0..<(count - 2) { layers.append(linear(from: hidden, to: hidden, bound: later, rng: &rng)) }
    self.layers = layers
    self.omega0 = omega0
    frequencies = learnsOmega0 ? layers.map { _ in Parameter(Tensor.full([1], omega0)) } : []
    super.init(
      dimensions: dimensions, hidden: hidden, output: linear(from: hidden, to: outputs, bound: later, rng: &rng))
  }

  private func frequency(_ index: Int) -> Tensor? { frequencies.isEmpty ? nil : frequencies[index].value }

  /// The last sine layer's values.
  public override func features(_ points: Tensor) -> Tensor {
    var x = points
    for (index, layer) in layers.enumerated() {
      let phase = layer(x)
      x = (frequency(index).map { phase * $0 } ?? phase * omega0).sin()
    }
    return x
  }

  /// The first layer's frequency, widened by the phase modulation of each further one (Carson's rule).
  public override func bandwidth(axes: Int) -> Double {
    withoutGradient {
      func rows(_ index: Int, _ columns: Int) -> Double {
        let matrix = layers[index].matrix.slice(1, to: columns)
        let factor = frequency(index).map { $0.item() } ?? omega0
        return abs(factor) * matrix.square().sum(along: 1).sqrt().mean().item()
      }
      var result = rows(0, min(axes, dimensions))
      for index in layers.indices.dropFirst() { result *= 1 + rows(index, hidden) / 2.0.squareRoot() }
      return result
    }
  }

  /// Scales the first layer.
  public override func limitBandwidth(to limit: Double, axes: Int) {
    let bandwidth = bandwidth(axes: axes)
    if bandwidth > limit { layers[0].scaleWeight(by: limit / bandwidth) }
  }

  /// Adds the frequency.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("layers", layers.count + 1)
    description.add("omega0", omega0)
    if !frequencies.isEmpty { description.add("learnsOmega0", true) }
  }
}
