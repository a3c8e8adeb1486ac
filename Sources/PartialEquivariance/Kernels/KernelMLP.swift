public import Layers
public import Tensors

/// A kernel of linear layers with a norm and a nonlinearity after each but the last.
///
/// **Symmetry**: acts on each point by itself, except for the statistics of a batch norm, which are over all points.
///
/// **State**: `layers`, `norms`, `output`.
public final class KernelMLP: KernelNetwork {
  /// What follows each hidden map.
  public enum Norm: String, Codable, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// Batch norm over the points of the kernel.
    case batch = "batch-norm"
    /// Layer norm over the features of each point.
    case layer = "layer-norm"
  }

  /// The nonlinearity.
  public enum Nonlinearity: String, Codable, CaseIterable, Sendable {
    case relu, gelu, elu, tanh, softplus
    /// x sigmoid(x), also known as SiLU.
    case swish

    var activation: Activation.Kind {
      switch self {
      case .relu: .relu
      case .gelu: .gelu
      case .elu: .elu(1)
      case .tanh: .tanh
      case .softplus: .softplus
      case .swish: .silu
      }
    }
  }

  /// The hidden maps.
  public let layers: [PointwiseLinear]
  /// The norms after them; empty without.
  public let norms: [Layer]
  private let activation: Activation

  /// Creates a kernel with `layers` - 1 hidden layers.
  ///
  /// **Traps**: with fewer than two layers.
  public init(
    dimensions: Int, outputs: Int, hidden: Int, layers count: Int = 3, norm: Norm = .none,
    nonlinearity: Nonlinearity = .relu, hasWeightNorm: Bool = false, rng: inout Generator
  ) {
    guard count >= 2 else { Torch.fail(op: "KernelMLP", "needs two layers or more, got \(count)") }
    layers = (0..<(count - 1)).map { index in
      PointwiseLinear(from: index == 0 ? dimensions : hidden, to: hidden, hasWeightNorm: hasWeightNorm, rng: &rng)
    }
    norms = (0..<(count - 1)).compactMap { _ -> Layer? in
      switch norm {
      case .none: nil
      case .batch: BatchNorm1D(hidden)
      case .layer: LayerNorm([hidden])
      }
    }
    activation = Activation(nonlinearity.activation)
    super.init(
      dimensions: dimensions, hidden: hidden,
      output: PointwiseLinear(from: hidden, to: outputs, hasWeightNorm: hasWeightNorm, rng: &rng))
  }

  /// The last hidden layer's values.
  public override func features(_ points: Tensor) -> Tensor {
    var x = points
    for (index, layer) in layers.enumerated() {
      x = layer(x)
      // Both norms see points as samples.
      if !norms.isEmpty { x = norms[index](x.transpose(0, 1)).transpose(0, 1) }
      x = activation(x)
    }
    return x
  }

  /// Zero: piecewise smooth functions of this kind have no frequency that a grid would have to follow.
  public override func bandwidth(axes: Int) -> Double { 0 }

  /// Does nothing.
  public override func limitBandwidth(to limit: Double, axes: Int) {}

  /// Adds the layers.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("layers", layers.count + 1)
    description.add(activation.kind)
  }
}
