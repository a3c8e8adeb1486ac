public import Layers
public import Tensors

/// The filters of one factor of a multiplicative filter network: waves, each under a Gaussian if there are centers.
///
/// g(x) = exp(-½ Σ (γ (x - μ))²) sin(W x + b)
///
/// **Shapes**: `[dimensions, P]` to `[hidden, P]`.
///
/// **Symmetry**: acts on each point by itself.
///
/// **State**: `weight` `[hidden, dimensions]`, `bias` `[hidden]`, and for Gaussians `mu` `[hidden, dimensions]` and
/// `gamma`, `[hidden, 1]` if isotropic or `[hidden, dimensions]`.
public final class KernelFilterBank: Module {
  /// The wave vectors.
  public let weight: Parameter
  /// The phases.
  public let bias: Parameter
  /// The Gaussians' centers, if any.
  public let mu: Parameter?
  /// The Gaussians' inverse widths, if any.
  public let gamma: Parameter?

  init(weight: Tensor, bias: Tensor, mu: Tensor? = nil, gamma: Tensor? = nil) {
    self.weight = Parameter(weight)
    self.bias = Parameter(bias)
    self.mu = mu.map { Parameter($0) }
    self.gamma = gamma.map { Parameter($0) }
  }

  /// Waves of wave vectors uniform in ±scale/√dimensions, times the inverse widths of their Gaussians.
  static func random(
    dimensions: Int, hidden: Int, scale: Double, gaussians: (isotropic: Bool, shape: Double, rate: Double)?,
    rng: inout Generator
  ) -> KernelFilterBank {
    var weight = Initializer.torchDefault([hidden, dimensions], using: &rng) * scale
    let bias = Tensor.rand([hidden], using: &rng, low: -.pi, high: .pi)
    guard let gaussians else { return KernelFilterBank(weight: weight, bias: bias) }
    let mu = Tensor.rand([hidden, dimensions], using: &rng, low: -1, high: 1)
    let columns = gaussians.isotropic ? 1 : dimensions
    let gamma = Tensor(
      (0..<(hidden * columns)).map { _ in gammaVariate(shape: gaussians.shape, using: &rng) / gaussians.rate },
      shape: [hidden, columns], dtype: .float32)
    weight = weight * gamma
    return KernelFilterBank(weight: weight, bias: bias, mu: mu, gamma: gamma)
  }

  /// The values of all filters.
  public func callAsFunction(_ points: Tensor) -> Tensor {
    let wave = affine(weight.value, points, bias.value).sin()
    guard let mu, let gamma else { return wave }
    // Σ γ² (x - μ)², one coordinate after the other: exact where terms of a product would cancel.
    var exponent: Tensor?
    for axis in 0..<points.shape[0] {
      let width = gamma.value.slice(1, from: gamma.shape[1] == 1 ? 0 : axis, to: gamma.shape[1] == 1 ? 1 : axis + 1)
      let offset = (points[axis].unsqueeze(0) - mu.value.slice(1, from: axis, to: axis + 1)) * width
      exponent = exponent.map { $0 + offset.square() } ?? offset.square()
    }
    guard let exponent else { return wave }
    return (exponent * -0.5).exp() * wave
  }

  /// The mean length of the wave vectors along the first coordinates.
  func frequency(axes: Int) -> Double {
    withoutGradient { weight.value.slice(1, to: axes).square().sum(along: 1).sqrt().mean().item() }
  }

  /// The mean inverse width of the Gaussians, 0 without.
  var inverseWidth: Double { withoutGradient { gamma.map { $0.value.mean().item() } ?? 0 } }
}
