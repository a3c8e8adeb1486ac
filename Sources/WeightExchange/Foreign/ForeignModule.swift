import OrderedCollections
import Tensors

/// What a state dictionary holds of one module of e2cnn, escnn or PyTorch.
struct ForeignModule {
  /// A tensor with its full key.
  struct Entry {
    let key: String
    let tensor: Tensor
  }

  /// The path of the module.
  let key: String
  /// The tensors by their names inside the module.
  var entries: OrderedDictionary<String, Entry> = [:]

  subscript(name: String) -> Tensor? { entries[name]?.tensor }

  /// The names of what is trained or counted; all others follow from them or from the network's structure.
  var stateNames: [String] { entries.keys.filter { !ForeignKey.isDerived($0) } }

  /// What the module is, by its names.
  var kind: ModuleKind {
    let names = Set(stateNames)
    if names.contains("weights") { return .convolution }
    if let weight = self["weight"], names.contains("weight") {
      if names.contains("running_mean") { return .normalization }
      switch weight.rank {
      case 4: return .convolution
      case 2: return .linear
      default: return .normalization
      }
    }
    if names.contains(where: { $0.hasSuffix("running_var") || $0.hasSuffix("_weight") || $0.contains("batch_norm_[") })
    {
      return .normalization
    }
    return .nonlinearity
  }

  /// The bases of a steerable convolution by the names of their representations, sorted as its weights are.
  var sampledBases: [(input: String, output: String, basis: Tensor)] {
    entries.compactMap { name, entry in
      ForeignKey.pair(name).map { ($0.input, $0.output, entry.tensor) }
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }
}
