public import OrderedCollections
public import Tensors

/// The saved tensors of a module in a fixed order, by key.
///
/// **State**: keys follow the rule described at `Module`; the names of tensors inside layers are those of PyTorch
/// (`weight`, `bias`, `running_mean`, `running_var`, `num_batches_tracked`).
public struct StateDict {
  /// The tensors by key, in order.
  public var entries: OrderedDictionary<String, Tensor>

  /// Creates a dictionary with the given entries.
  public init(_ entries: OrderedDictionary<String, Tensor> = [:]) { self.entries = entries }

  /// The keys in order.
  public var keys: [String] { Array(entries.keys) }

  /// The tensor under a key.
  public subscript(key: String) -> Tensor? {
    get { entries[key] }
    set { entries[key] = newValue }
  }

  /// The entries whose keys begin with `prefix` and a dot, without that prefix.
  public func nested(_ prefix: String) -> StateDict {
    let start = prefix + "."
    var result = StateDict()
    for (key, tensor) in entries where key.hasPrefix(start) { result[String(key.dropFirst(start.count))] = tensor }
    return result
  }

  /// The same entries with `prefix` and a dot before each key.
  public func prefixed(_ prefix: String) -> StateDict {
    var result = StateDict()
    for (key, tensor) in entries { result[joinedKey(prefix, key)] = tensor }
    return result
  }

  /// The entries that satisfy a condition on the key.
  public func filter(_ isIncluded: (String) -> Bool) -> StateDict {
    StateDict(entries.filter { isIncluded($0.key) })
  }

  /// The same tensors under renamed keys.
  ///
  /// **Traps**: when two keys get the same name.
  public func renamingKeys(_ rename: (String) -> String) -> StateDict {
    var result = StateDict()
    for (key, tensor) in entries {
      let name = rename(key)
      guard result[name] == nil else { Torch.fail(op: "StateDict.renamingKeys", "two keys are renamed to \"\(name)\"") }
      result[name] = tensor
    }
    return result
  }

  /// The same entries with all floating-point tensors converted.
  public func to(_ dtype: DType) -> StateDict {
    StateDict(entries.mapValues { $0.dtype.isFloatingPoint ? $0.to(dtype) : $0 })
  }

  /// The same entries on a device.
  public func to(_ device: Device) -> StateDict { StateDict(entries.mapValues { $0.to(device) }) }

  /// The same entries in memory of their own.
  public func copy() -> StateDict { StateDict(entries.mapValues { $0.clone() }) }

  /// Whether the other dictionary has the same keys in the same order, and equal tensors of equal types.
  public func isIdentical(to other: StateDict) -> Bool {
    keys == other.keys && difference(from: other) == nil
  }

  /// The first difference from another dictionary in words, or nil when all keys and values agree.
  ///
  /// Values agree when they differ by at most `tolerance`; with tolerance 0 the types must agree as well.
  public func difference(from other: StateDict, tolerance: Double = 0) -> String? {
    for key in other.entries.keys where entries[key] == nil { return "\"\(key)\" is missing" }
    for (key, tensor) in entries {
      guard let expected = other[key] else { return "\"\(key)\" is unexpected" }
      if tensor.shape != expected.shape { return "\"\(key)\" has shape \(tensor.shape), not \(expected.shape)" }
      if tolerance == 0, tensor.dtype != expected.dtype {
        return "\"\(key)\" is \(tensor.dtype), not \(expected.dtype)"
      }
      guard tensor.count > 0 else { continue }
      let distance = withoutGradient {
        (tensor.to(.float64) - expected.to(.float64).to(tensor.device)).abs().max().item()
      }
      if !(distance <= tolerance) { return "\"\(key)\" differs by up to \(distance)" }
    }
    return nil
  }
}
