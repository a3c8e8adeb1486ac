public import Tensors

/// A function of the norm of a field, by which norm nonlinearities rescale it.
public enum NormFunction: String, Hashable, Sendable, Codable, CaseIterable {
  /// max(t, 0).
  case relu
  /// 1 / (1 + e⁻ᵗ).
  case sigmoid
  /// log(1 + eᵗ).
  case softplus
  /// t / (1 + t), which takes no bias.
  case squash

  /// Norms up to this count as zero.
  package static let smallestNorm = 1e-10

  /// The values of the function.
  public func callAsFunction(_ norm: Tensor) -> Tensor {
    switch self {
    case .relu: norm.relu()
    case .sigmoid: norm.sigmoid()
    case .softplus: norm.softplus()
    case .squash: norm / (norm + 1)
    }
  }

  /// The factor that turns a vector of norm t into one of norm f(t − bias), which is zero for t ≤ 1e-10.
  ///
  /// Gradients are finite everywhere; those of vanishing vectors are zero.
  package func factor(norms: Tensor, bias: Tensor?) -> Tensor {
    let result = self(bias.map { norms - $0 } ?? norms) / norms.clamp(min: Self.smallestNorm)
    return result.replacing(with: 0, where: norms.lessOrEqual(to: Self.smallestNorm))
  }
}
