package import Tensors

/// A tensor with `formula(i + 1)` at its i-th place.
package func pattern(_ shape: Shape, _ formula: (Double) -> Double) -> Tensor {
  Tensor((0..<shape.elementCount).map { formula(Double($0 + 1)) }, shape: shape)
}

/// The largest difference between two tensors; infinite when their shapes differ.
package func difference(_ first: Tensor, _ second: Tensor) -> Double {
  guard first.shape == second.shape else { return .infinity }
  return first.to(.float64).detach().maxAbsDifference(to: second.to(.float64).detach())
}
