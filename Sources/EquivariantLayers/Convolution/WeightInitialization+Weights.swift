import SteerableKernels
import Tensors

extension WeightInitialization {
  /// The first weights of a layer.
  ///
  /// **Traps**: when a filter left copies of an irrep with different numbers of kernels at the center.
  func weights<Basis>(
    of basis: LayerBasis<Basis>, dtype: DType, layer: String, rng: inout Generator
  ) -> Tensor {
    let shape: Shape = [basis.weightCount]
    switch self {
    case .zeros:
      return Tensor.zeros(shape, dtype: dtype)
    case .generalizedHe:
      let weights = Tensor.randn(shape, using: &rng, dtype: dtype)
      for (pair, deviations) in zip(basis.pairs, basis.heElementDeviations()) {
        weights.narrow(0, start: pair.weightOffset, length: pair.weightCount).reshape([-1, deviations.count])
          .multiplyInPlace(Tensor(deviations, dtype: dtype))
      }
      return weights
    case .deltaOrthogonal:
      do {
        return Tensor(try basis.deltaOrthogonalWeights(using: &rng), shape: shape, dtype: dtype)
      } catch {
        fail(layer, "\(error)")
      }
    }
  }
}
