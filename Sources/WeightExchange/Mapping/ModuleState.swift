import EquivariantLayers
import Layers
import OrderedCollections
import Tensors

/// A module of ours that owns state itself, and the names of it.
struct ModuleState {
  let key: String
  let module: Module
  /// The keys inside the module, in order.
  var names: [String]

  /// The key in the whole network's state.
  func fullKey(_ name: String) -> String { key.isEmpty ? name : key + "." + name }

  /// All modules that own state, in order.
  static func all(in network: Module) -> [ModuleState] {
    let modules = network.namedModules
    let keys = Dictionary(modules.map { ($0.key, $0.module) }, uniquingKeysWith: { first, _ in first })
    var states: OrderedDictionary<String, ModuleState> = [:]
    for key in network.stateDict(copying: false).keys {
      // The owner is the innermost module whose key begins this one.
      var owner = key
      var name = ""
      repeat {
        let dot = owner.lastIndex(of: ".")
        let last = dot.map { String(owner[owner.index(after: $0)...]) } ?? owner
        name = name.isEmpty ? last : last + "." + name
        owner = dot.map { String(owner[..<$0]) } ?? ""
      } while keys[owner] == nil && !owner.isEmpty
      states[owner, default: ModuleState(key: owner, module: keys[owner] ?? network, names: [])].names.append(name)
    }
    return Array(states.values)
  }

  /// What the module is.
  var kind: ModuleKind {
    if module is SteerableConvolution || module is ConvolutionLayer { return .convolution }
    if module is Linear { return .linear }
    if names.contains("running_var") || names.contains("weight") { return .normalization }
    return .nonlinearity
  }

  /// The name of the module's type.
  var type: String { "\(Swift.type(of: module))" }
}
