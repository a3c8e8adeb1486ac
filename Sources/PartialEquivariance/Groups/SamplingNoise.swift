import Tensors

/// Uniform random numbers, or a constant in their place when a test result must be repeatable.
struct SamplingNoise {
  /// Where numbers come from; nil for constants.
  var generator: Generator?

  /// Numbers in 0..<1; `center` where nothing is random.
  mutating func uniform(_ shape: Shape, center: Double) -> Tensor {
    guard generator != nil else { return Tensor.full(shape, center, dtype: .float64) }
    return Tensor.rand(shape, using: &generator!, dtype: .float64)
  }

  /// A relaxed Bernoulli draw for each logit, rounded to 0 or 1 with the gradient of the relaxation (straight through).
  ///
  /// **Reference**: Maddison et al. (2017), Jang et al. (2017).
  mutating func bernoulli(logits: Tensor, temperature: Double) -> (value: Tensor, isKept: [Bool]) {
    let uniform = uniform(logits.shape, center: 0.5).clamp(min: 1e-12, max: 1 - 1e-12)
    let logistic = uniform.log() - (1 - uniform).log()
    let relaxed = ((logits + logistic) / temperature).sigmoid()
    let hard = relaxed.detach().greater(than: 0.5).to(.float64)
    return (hard - relaxed.detach() + relaxed, hard.scalars(as: Double.self).map { $0 > 0.5 })
  }
}
