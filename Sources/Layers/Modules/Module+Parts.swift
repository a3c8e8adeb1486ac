import Tensors

extension Module {
  /// Every parameter once, with its key, in order of declaration.
  public final var parameters: [NamedParameter] {
    var seen = Set<ObjectIdentifier>()
    return collect { member, key in
      guard case .parameter(_, let parameter) = member, seen.insert(ObjectIdentifier(parameter)).inserted else {
        return nil
      }
      return NamedParameter(key: key, parameter: parameter)
    }
  }

  /// Every buffer once, with its key, in order of declaration.
  public final var buffers: [NamedBuffer] {
    var seen = Set<ObjectIdentifier>()
    return collect { member, key in
      guard case .buffer(_, let buffer) = member, seen.insert(ObjectIdentifier(buffer)).inserted else { return nil }
      return NamedBuffer(key: key, buffer: buffer)
    }
  }

  /// Every random state once, with its key, in order of declaration.
  public final var generators: [NamedGenerator] {
    var seen = Set<ObjectIdentifier>()
    return collect { member, key in
      guard case .random(_, let state) = member, seen.insert(ObjectIdentifier(state)).inserted else { return nil }
      return NamedGenerator(key: key, state: state)
    }
  }

  /// The direct parts that are modules.
  public final var children: [NamedModule] {
    members.compactMap { member in
      guard case .module(let key, let module) = member else { return nil }
      return NamedModule(key: key, module: module)
    }
  }

  /// This module under an empty key, then every module inside it, each once, parents before their parts.
  public final var namedModules: [NamedModule] {
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
    let inside: [NamedModule] = collect { member, key in
      guard case .module(_, let module) = member, seen.insert(ObjectIdentifier(module)).inserted else { return nil }
      return NamedModule(key: key, module: module)
    }
    return [NamedModule(key: "", module: self)] + inside
  }

  /// This module and every module inside it, each once.
  public final var modules: [Module] { namedModules.map(\.module) }

  /// How many scalars the parameters hold.
  public final var parameterCount: Int { parameters.reduce(0) { $0 + $1.parameter.value.count } }

  /// How many scalars are trained, that is, belong to parameters that require a gradient.
  public final var trainableParameterCount: Int {
    parameters.reduce(0) { $0 + ($1.parameter.requiresGradient ? $1.parameter.value.count : 0) }
  }

  /// Forgets the gradients of all parameters.
  public final func zeroGradients() {
    for named in parameters { named.parameter.zeroGradient() }
  }

  /// Sets whether the parameters of this module are trained.
  public final func setRequiresGradient(_ requiresGradient: Bool) {
    for named in parameters { named.parameter.requiresGradient = requiresGradient }
  }

  /// Walks all members depth first; a module that appears twice is walked twice, so that both keys exist.
  final func collect<Element>(_ pick: (Member, String) -> Element?) -> [Element] {
    var result: [Element] = []
    func walk(_ module: Module, prefix: String, path: [ObjectIdentifier]) {
      for member in module.members {
        let key = joinedKey(prefix, member.key)
        if let element = pick(member, key) { result.append(element) }
        if case .module(_, let child) = member {
          let identifier = ObjectIdentifier(child)
          guard !path.contains(identifier) else {
            Torch.fail(op: "\(type(of: self))", "module \"\(key)\" contains itself; a part must not hold its parent")
          }
          walk(child, prefix: key, path: path + [identifier])
        }
      }
    }
    walk(self, prefix: "", path: [ObjectIdentifier(self)])
    return result
  }
}

func joinedKey(_ prefix: String, _ key: String) -> String {
  if prefix.isEmpty { return key }
  return key.isEmpty ? prefix : prefix + "." + key
}
