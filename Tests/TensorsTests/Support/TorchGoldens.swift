import Foundation
import Tensors
import TestSupport
import Testing

/// What PyTorch computed, as `Tools/make-torch-goldens.py` wrote it.
enum TorchGoldens {
  struct Entry: Decodable {
    let shape: [Int]
    let values: [Double]
  }

  static let entries: [String: Entry] = {
    guard let data = try? Data(contentsOf: Checkout.golden("tensors.json")) else { return [:] }
    return (try? JSONDecoder().decode([String: Entry].self, from: data)) ?? [:]
  }()
}

/// A computation and the name under which its result stands in the goldens.
struct GoldenCase: CustomTestStringConvertible, Sendable {
  let name: String
  let compute: @Sendable () -> Tensor

  init(_ name: String, _ compute: @escaping @Sendable () -> Tensor) {
    self.name = name
    self.compute = compute
  }

  var testDescription: String { name }

  /// Compares every element: the goldens have 11 digits.
  func check(_ location: SourceLocation = #_sourceLocation) throws {
    let golden = try #require(TorchGoldens.entries[name], "no golden", sourceLocation: location)
    let result = compute()
    let plain = result.dtype == .complex128 ? result.viewAsReal() : result
    #expect(plain.shape == Shape(golden.shape), sourceLocation: location)
    let values = plain.scalars(as: Double.self)
    try #require(values.count == golden.values.count, sourceLocation: location)
    let worst = zip(values, golden.values).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
    #expect(worst < 1e-9, "largest difference \(worst)", sourceLocation: location)
  }
}

/// sin(0.7 i + phase) over the flat index i, in float64.
func wave(_ shape: Int..., phase: Double = 0) -> Tensor {
  let count = shape.reduce(1, *)
  return Tensor((0..<count).map { sin(0.7 * Double($0) + phase) }, shape: Shape(shape))
}

/// A symmetric matrix with eigenvalues of at least 1.
func positiveMatrix(_ size: Int) -> Tensor {
  let factor = wave(size, size, phase: 0.3)
  return factor.matmul(factor.transpose()) + Tensor.eye(size, dtype: .float64)
}
