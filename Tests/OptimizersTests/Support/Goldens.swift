import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// Results of PyTorch's optimizers; see Tools/make-optimizer-goldens.py.
struct OptimizerGoldens: Decodable {
  struct Clipping: Decodable {
    let norm: Double
    let w: [Double]
    let b: [Double]
  }

  let runs: [String: [String: [Double]]]
  let clipping: [String: Clipping]

  static let file: OptimizerGoldens? = golden("optimizers")
}

/// Results of PyTorch's schedules.
struct ScheduleGoldens: Decodable {
  let metric: [Double]
  let rates: [String: [Double]]

  static let file: ScheduleGoldens? = golden("schedules")
}

private func golden<Content: Decodable>(_ name: String) -> Content? {
  let url = Checkout.golden("\(name).json")
  return (try? Data(contentsOf: url)).flatMap { try? JSONDecoder().decode(Content.self, from: $0) }
}

/// The largest difference between a tensor and numbers.
func difference(_ tensor: Tensor, _ numbers: [Double]) -> Double {
  let values = tensor.scalars(as: Double.self)
  guard values.count == numbers.count else { return .infinity }
  return zip(values, numbers).map { abs($0 - $1) }.max() ?? 0
}

/// What a process printed when it stopped.
func printed(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

/// The two parameters that the script optimizes.
final class Pair: Module {
  let w: Parameter
  let b: Parameter

  /// With `transposed`, the memory of `w` is not in the order of its elements.
  init(transposed: Bool = false, dtype: DType = .float64) {
    let values = pattern([3, 4], sin).to(dtype)
    w = Parameter(transposed ? values.transpose(0, 1).contiguous().transpose(0, 1) : values)
    b = Parameter(pattern([5], cos).to(dtype))
  }

  /// The script's loss at step `t`.
  func loss(_ t: Int) -> Tensor {
    [w, b].map { p -> Tensor in
      let c = pattern(p.shape) { sin(0.3 * $0 + Double(t)) }.to(p.value.dtype)
      return (p.value * c).sum() + p.value.square().sum() / 4
    }.reduce(Tensor(0, dtype: w.value.dtype)) { $0 + $1 }
  }
}
