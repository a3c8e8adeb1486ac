import Foundation
import Interchange
import OrderedCollections
import Tensors
import WeightExchange

/// A small network of e2cnn or escnn with its results, made by Tools/make-network-goldens.py.
struct NetworkGolden {
  let name: String
  let tensors: OrderedDictionary<String, Tensor>

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Goldens/networks")

  init(_ name: String) throws {
    self.name = name
    tensors = try Safetensors.read(Self.folder.appendingPathComponent("\(name).safetensors")).tensors
  }

  subscript(key: String) -> Tensor { tensors[key] ?? Tensor.zeros([0]) }

  /// The entries under a prefix, without it.
  func entries(_ prefix: String) -> OrderedDictionary<String, Tensor> {
    var result: OrderedDictionary<String, Tensor> = [:]
    for (key, tensor) in tensors where key.hasPrefix(prefix) { result[String(key.dropFirst(prefix.count))] = tensor }
    return result
  }

  /// The network's `state_dict()`.
  var state: ForeignStateDict { ForeignStateDict(entries("state."), path: name) }
}

/// Numbers that look random; those of the script.
func wave(_ shape: Shape, _ start: Int) -> Tensor {
  let values = (0..<shape.dimensions.reduce(1, *)).map { offset in
    let index = Double(offset + start)
    return sin(12.9898 * index + 0.37 * index.squareRoot())
  }
  return Tensor(values, shape: shape, dtype: .float64)
}

/// The largest difference, relative to the largest number expected.
func relativeDifference(_ found: Tensor, _ expected: Tensor) -> Double {
  guard found.shape == expected.shape else { return .infinity }
  let (found, expected) = (found.detach().to(.float64), expected.to(.float64))
  let scale: Double = expected.abs().max().item()
  let distance: Double = (found - expected).abs().max().item()
  return scale > 0 ? distance / scale : distance
}
