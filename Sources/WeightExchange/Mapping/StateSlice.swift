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
  /// Where theirs has a whole vector for each field, of which ours are the coefficients along invariant directions: the
  /// representation of these fields.
  var invariantVectors: Representation?
  /// Whether a file without the entry is complete.
  var isOptional = false
}

extension StateSlice {
  /// The slices of a module whose state is copied number by number from or to a module of theirs.
  static func slices(of module: Module, keys: [String], like theirs: ForeignModule) -> [StateSlice] {
    switch module {
    case let norm as InnerBatchNorm: return gatheredBySize(norm, keys)
    case let norm as NormBatchNorm:
      return gathered(keys, by: norm.inputType.representations.map(\.size)) { "\($0)" }
    case let norm as InducedNormBatchNorm:
      return gathered(keys, by: subfields(norm.inputType)) { "(\($0[0]), \($0[1]))" }
    case let norm as GNormBatchNorm:
      return gatheredByName(keys, norm.inputType, theirs) { key, representation in
        let isInvariant = key == "bias" || key == "running_mean"
        return isInvariant ? representation.irreps.count(where: \.isTrivial) : representation.irreps.count
      }
    case let norm as IIDBatchNorm2D: return invariantMean(keys, norm.inputType, theirs)
    case let norm as FieldNorm: return invariantMean(keys, norm.inputType, theirs)
    case let layer as NormNonLinearity: return ascending(keys, layer.inputType.representations.map { [$0.size] })
    case let layer as InducedNormNonLinearity: return ascending(keys, subfields(layer.inputType))
    default: return keys.map { StateSlice(ours: $0, theirs: $0, isOptional: $0 == "num_batches_tracked") }
    }
  }

  /// The size of each field and of its sub-fields.
  private static func subfields(_ type: FieldType) -> [[Int]] {
    type.representations.map { [$0.size, Subfields.normSize($0) ?? $0.size] }
  }

  /// One scale for each field, one bias for each invariant direction, and the invariant vector as mean.
  private static func invariantMean(_ keys: [String], _ type: FieldType, _ theirs: ForeignModule) -> [StateSlice] {
    gatheredByName(keys, type, theirs) { key, representation in
      switch key {
      case "bias", "running_mean": representation.irreps.count(where: \.isTrivial)
      default: 1
      }
    } finish: { slice, representation in
      if slice.ours == "running_mean" { slice.invariantVectors = representation }
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
  static func places<Value: Hashable>(of values: [Value]) -> [(value: Value, places: [Int])] {
    var order: [Value] = []
    var places: [Value: [Int]] = [:]
    for (index, value) in values.enumerated() {
      if places[value] == nil { order.append(value) }
      places[value, default: []].append(index)
    }
    return order.map { ($0, places[$0, default: []]) }
  }
}
