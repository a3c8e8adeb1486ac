import Foundation
import Tensors
import Testing

/// A layer's results in PyTorch; see Tools/make-optimizer-goldens.py for the inputs.
struct LayerGolden: Decodable {
  let shape: [Int]
  let output: [Double]
  let inputGradient: [Double]
  let gradients: [[Double]]
  let buffers: [[Double]]

  static let all: [String: LayerGolden] = {
    struct File: Decodable { let layers: [String: LayerGolden] }
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Goldens/layers.json")
    guard let data = try? Data(contentsOf: url), let file = try? JSONDecoder().decode(File.self, from: data) else {
      return [:]
    }
    return file.layers
  }()
}

/// A tensor with `formula(i + 1)` at its i-th place.
func pattern(_ shape: Shape, _ formula: (Double) -> Double) -> Tensor {
  Tensor((0..<shape.elementCount).map { formula(Double($0 + 1)) }, shape: shape)
}

/// The largest difference between a tensor and numbers, relative to the largest number (at least 1).
func difference(_ tensor: Tensor, _ numbers: [Double]) -> Double {
  let values = tensor.scalars(as: Double.self)
  guard values.count == numbers.count else { return .infinity }
  let scale = max(1, numbers.map(abs).max() ?? 1)
  return zip(values, numbers).map { abs($0 - $1) / scale }.max() ?? 0
}

/// The largest difference between two tensors.
func difference(_ first: Tensor, _ second: Tensor) -> Double {
  guard first.shape == second.shape else { return .infinity }
  return first.to(.float64).detach().maxAbsDifference(to: second.to(.float64).detach())
}

/// What a process printed when it stopped.
func printed(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
