public import OrderedCollections
import Tensors

extension Module {
  /// All parameters and persistent buffers by key, in order; the same keys in every mode.
  ///
  /// **Complexity**: copies every tensor unless `copying` is false; then later training changes the dictionary's
  /// tensors.
  public final func stateDict(copying: Bool = true) -> StateDict {
    var state = StateDict()
    for (key, cell) in stateCells {
      let value = cell.value.detach()
      state[key] = copying ? value.clone() : value
    }
    return state
  }

  /// Copies saved tensors into the parameters and buffers.
  ///
  /// Everything is checked before anything is changed.
  ///
  /// **Throws**: every missing or unexpected key, wrong shape and wrong type that the policy does not allow.
  @discardableResult
  public final func load(_ state: StateDict, policy: LoadPolicy = .strict) throws(StateDictError) -> LoadReport {
    let cells = stateCells
    var problems: [StateDictError.Problem] = []
    let missing = cells.keys.elements.filter { state[$0] == nil }
    let unexpected = state.keys.filter { cells[$0] == nil }
    if !policy.allowsMissingKeys {
      for key in missing {
        let sameShape = unexpected.filter { state[$0]?.shape == cells[key]?.value.shape }
        problems.append(.missing(key: key, suggestion: nearestKey(to: key, among: sameShape)))
      }
    }
    if !policy.allowsUnexpectedKeys {
      for key in unexpected {
        let sameShape = missing.filter { state[key]?.shape == cells[$0]?.value.shape }
        problems.append(.unexpected(key: key, suggestion: nearestKey(to: key, among: sameShape)))
      }
    }
    for (key, cell) in cells {
      guard let tensor = state[key] else { continue }
      let value = cell.value
      if tensor.shape != value.shape {
        problems.append(.shape(key: key, expected: value.shape, found: tensor.shape))
      } else if tensor.dtype != value.dtype {
        let converts = policy.convertsTypes && tensor.dtype.isFloatingPoint && value.dtype.isFloatingPoint
        if !converts { problems.append(.dtype(key: key, expected: value.dtype, found: tensor.dtype)) }
      }
    }
    guard problems.isEmpty else { throw StateDictError(problems) }
    for (key, cell) in cells {
      if let tensor = state[key] { cell.assign(tensor) }
    }
    return LoadReport(missingKeys: missing, unexpectedKeys: unexpected)
  }

  /// The states of all generators inside the module by key, for checkpoints.
  public final var generatorStates: OrderedDictionary<String, [UInt8]> {
    var states: OrderedDictionary<String, [UInt8]> = [:]
    for named in generators { states[named.key] = named.state.bytes }
    return states
  }

  /// Restores the states of all generators inside the module.
  ///
  /// **Throws**: when keys are missing or unexpected; nothing is changed then.
  public final func loadGeneratorStates(_ states: OrderedDictionary<String, [UInt8]>) throws(StateDictError) {
    let named = generators
    let known = Set(named.map(\.key))
    let missing = named.map(\.key).filter { states[$0] == nil }
    let unexpected = states.keys.elements.filter { !known.contains($0) }
    let broken = states.filter { known.contains($0.key) && Generator(state: $0.value) == nil }.keys.elements
    let problems: [StateDictError.Problem] =
      broken.map { .invalid(key: $0, reason: "is not the state of a generator") }
      + missing.map { .missing(key: $0, suggestion: nearestKey(to: $0, among: unexpected)) }
      + unexpected.map { .unexpected(key: $0, suggestion: nearestKey(to: $0, among: missing)) }
    guard problems.isEmpty else { throw StateDictError(problems) }
    for generator in named {
      if let bytes = states[generator.key] { generator.state.bytes = bytes }
    }
  }

  /// The cells that belong to the state dictionary, by key.
  private final var stateCells: OrderedDictionary<String, StateCell> {
    var cells: OrderedDictionary<String, StateCell> = [:]
    let found: [(String, StateCell)] = collect { member, key in
      switch member {
      case .parameter(_, let parameter): (key, .parameter(parameter))
      case .buffer(_, let buffer) where buffer.isPersistent: (key, .buffer(buffer))
      default: nil
      }
    }
    for (key, cell) in found {
      guard cells[key] == nil else {
        Torch.fail(op: "\(type(of: self))", "two parts have the key \"\(key)\"; change one with stateKeys")
      }
      cells[key] = cell
    }
    return cells
  }
}

/// What a state dictionary's entry is read from and written to.
private enum StateCell {
  case parameter(Parameter)
  case buffer(Buffer)

  var value: Tensor {
    switch self {
    case .parameter(let parameter): parameter.value
    case .buffer(let buffer): buffer.value
    }
  }

  func assign(_ tensor: Tensor) {
    switch self {
    case .parameter(let parameter): parameter.assign(tensor)
    case .buffer(let buffer): buffer.assign(tensor)
    }
  }
}
