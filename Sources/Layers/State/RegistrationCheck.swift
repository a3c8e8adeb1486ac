/// The parameters of a module that a loss does not reach, that is, that have no gradient after a backward pass.
///
/// A test helper: call it after `loss.backward()` and expect the result to be empty, so that no part is silently
/// untrained.
public func parametersWithoutGradient(in module: Module) -> [String] {
  module.parameters.filter { $0.parameter.requiresGradient && $0.parameter.grad == nil }.map(\.key)
}

/// Checks that every part of a module is found, and returns the keys of its parameters.
///
/// **Traps**: when a property of the module or of a part holds a bare tensor or an unsupported container.
@discardableResult
public func expectEveryParameterIsRegistered(_ module: Module) -> [String] {
  _ = module.stateDict(copying: false)
  return module.parameters.map(\.key)
}
