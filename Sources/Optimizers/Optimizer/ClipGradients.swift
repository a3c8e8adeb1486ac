public import Layers
import OrderedCollections
import Tensors

/// Scales gradients so that their Euclidean norm over all parameters is at most `norm`.
///
/// Gradients with a norm that is not finite are left alone.
///
/// Returns the norm before; check `isFinite` to detect diverging training.
///
/// **Traps**: when the limit is not positive.
@discardableResult
public func clipGradients(of parameters: [NamedParameter], norm limit: Double) -> Double {
  guard limit > 0 else { Torch.fail(op: "clipGradients", "the norm must be positive, got \(limit)") }
  let gradients = parameters.compactMap(\.parameter.grad)
  let norm = gradientNorm(gradients)
  if norm.isFinite, norm > limit {
    withoutGradient { Foreach.multiply(inPlace: gradients, by: limit / (norm + 1e-6)) }
  }
  return norm
}

/// Limits the magnitude of each element of the gradients.
///
/// **Traps**: when the limit is not positive.
public func clipGradients(of parameters: [NamedParameter], value limit: Double) {
  guard limit > 0 else { Torch.fail(op: "clipGradients", "the value must be positive, got \(limit)") }
  let gradients = parameters.compactMap(\.parameter.grad)
  withoutGradient { Foreach.clamp(inPlace: gradients, -limit, limit) }
}

/// The Euclidean norm of the gradients of all parameters; not finite when one of them is not.
public func gradientNorm(of parameters: [NamedParameter]) -> Double {
  gradientNorm(parameters.compactMap(\.parameter.grad))
}

private func gradientNorm(_ gradients: [Tensor]) -> Double {
  withoutGradient {
    var sum = 0.0
    for (_, indices) in buckets(of: gradients, by: { Placement($0) }) {
      let norms = Foreach.norm(indices.map { gradients[$0] })
      let norm = Tensor.stacked(norms.map { $0.to(.float64) }).norm().item()
      sum += norm * norm
    }
    return sum.squareRoot()
  }
}
