import Foundation
import Tensors
import TestSupport
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
    let url = Checkout.golden("layers.json")
    guard let data = try? Data(contentsOf: url), let file = try? JSONDecoder().decode(File.self, from: data) else {
      return [:]
    }
    return file.layers
  }()
}

/// The largest difference between a tensor and numbers, relative to the largest number (at least 1).
func difference(_ tensor: Tensor, _ numbers: [Double]) -> Double {
  let values = tensor.scalars(as: Double.self)
  guard values.count == numbers.count else { return .infinity }
  let scale = max(1, numbers.map(abs).max() ?? 1)
  return zip(values, numbers).map { abs($0 - $1) / scale }.max() ?? 0
}

/// What a process printed when it stopped.
func printed(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
