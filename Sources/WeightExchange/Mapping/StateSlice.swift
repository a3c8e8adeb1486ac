import EquivariantLayers
import Layers
import Symmetry
import Tensors

/// Which numbers of a state entry of ours stand under which name of theirs.
///
/// e2cnn and escnn gather fields by size or by representation and keep one tensor for each gathering; ours are in the
/// order of the fields.
struct StateSlice {
  /// The key inside our module.
  let ours: String
  /// The name inside the module of theirs.
  let theirs: String
  /// The places in our entry, in the order of theirs; nil for all of them in order.
  var places: [Int]?
  /// Whether a file without the entry is complete.
  var isOptional = false
}

extension StateSlice {
  /// The slices of a module whose state is copied number by number.
  static func slices(of module: Module, keys: [String]) -> [StateSlice] {
    switch module {
    case let norm as InnerBatchNorm: gatheredBySize(norm, keys)
    default: keys.map { StateSlice(ours: $0, theirs: $0, isOptional: $0 == "num_batches_tracked") }
    }
  }

  /// `batch_norm_[size].weight` and so on: one batch norm of PyTorch's for each size of fields.
  private static func gatheredBySize(_ norm: InnerBatchNorm, _ keys: [String]) -> [StateSlice] {
    let sizes = norm.inputType.representations.map(\.size)
    return keys.flatMap { key in
      places(of: sizes).map { size, fields in
        let isCount = key == "num_batches_tracked"
        return StateSlice(
          ours: key, theirs: "batch_norm_[\(size)].\(key)", places: isCount ? [0] : fields, isOptional: isCount)
      }
    }
  }

  /// Where each value occurs, in order of first occurrence.
  private static func places<Value: Hashable>(of values: [Value]) -> [(value: Value, places: [Int])] {
    var order: [Value] = []
    var places: [Value: [Int]] = [:]
    for (index, value) in values.enumerated() {
      if places[value] == nil { order.append(value) }
      places[value, default: []].append(index)
    }
    return order.map { ($0, places[$0, default: []]) }
  }
}
