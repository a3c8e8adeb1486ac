internal import Layers
public import Tensors

/// The sum over neighboring layers of how much the later one's support is wider: Σ max(0, θₗ₊₁ - θₗ), for each value.
///
/// - Returns: nil for fewer than two learned samplers.
public func monotonicityLoss(_ samplers: [GroupSampler]) -> Tensor? {
  let supports = samplers.compactMap { $0.support?.value }
  let terms = zip(supports, supports.dropFirst()).map { ($1 - $0).relu().sum() }
  return terms.dropFirst().reduce(terms.first) { sum, term in sum.map { $0 + term } }
}
