import Foundation
import Tensors
import Testing

/// Compares the gradients of a function with central differences in float64, element by element.
///
/// The function's result is summed with fixed weights, so that no symmetry hides a mistake.
func expectGradients(
  of function: ([Tensor]) -> Tensor, at inputs: [Tensor], step: Double = 1e-5, tolerance: Double = 1e-7,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  func objective(_ inputs: [Tensor]) -> Tensor {
    let result = function(inputs)
    let weights = (0..<result.count).map { cos(1.3 * Double($0)) }
    return (result * Tensor(weights, shape: result.shape)).sum()
  }
  let leaves = inputs.map { $0.detach().requiringGradient() }
  let exact = gradients(of: objective(leaves), with: leaves)
  for (position, input) in inputs.enumerated() {
    let values = input.scalars(as: Double.self)
    let computed = exact[position].scalars(as: Double.self)
    var worst = 0.0
    for index in values.indices {
      func value(_ offset: Double) -> Double {
        var moved = values
        moved[index] += offset
        var all = inputs
        all[position] = Tensor(moved, shape: input.shape)
        return withoutGradient { objective(all).item() }
      }
      let difference = (value(step) - value(-step)) / (2 * step)
      worst = max(worst, abs(difference - computed[index]) / max(1, abs(difference)))
    }
    #expect(worst < tolerance, "input \(position): largest difference \(worst)", sourceLocation: sourceLocation)
  }
}
