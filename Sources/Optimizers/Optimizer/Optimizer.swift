public import Layers

/// A rule that changes parameters by their gradients.
///
/// Optimizers are values: a copy continues on its own, though with the same parameters.
///
/// **State**: keyed by the parameters' keys; see `state`.
public protocol Optimizer {
  /// The parameters, with the options of each group.
  var groups: [ParameterGroup] { get }
  /// The size of a step; each group multiplies it by its own factor.
  var learningRate: Double { get set }
  /// Everything that a resumed run needs besides the options given at creation.
  var state: OptimizerState { get }

  /// Changes every parameter that has a gradient, without touching the gradients.
  mutating func step()

  /// Restores a state.
  ///
  /// **Throws**: when keys, shapes or types do not fit the parameters; nothing is changed then.
  mutating func load(_ state: OptimizerState) throws(StateDictError)
}
