public import Layers

/// Adam with decoupled weight decay.
///
/// **State**: as of `Adam`.
///
/// **Reference**: Loshchilov and Hutter (2019), "Decoupled weight decay regularization".
public struct AdamW: Optimizer {
  private var adam: Adam

  /// Creates an optimizer of one group.
  ///
  /// **Traps**: when a number is out of range or a parameter appears twice.
  public init(
    _ parameters: [NamedParameter], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01, usesMaximum: Bool = false
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, betas: betas, epsilon: epsilon,
      weightDecay: weightDecay, usesMaximum: usesMaximum)
  }

  /// Creates an optimizer.
  ///
  /// **Traps**: when a number is out of range or a parameter appears twice.
  public init(
    groups: [ParameterGroup], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0.01, usesMaximum: Bool = false
  ) {
    adam = Adam(
      groups: groups, learningRate: learningRate, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      decay: .decoupled, usesMaximum: usesMaximum)
  }

  /// The parameters, with the options of each group.
  public var groups: [ParameterGroup] { adam.groups }
  /// The strength of the weight decay.
  public var weightDecay: Double { adam.weightDecay }
  /// The size of a step.
  public var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  /// Changes every parameter that has a gradient.
  public mutating func step() { adam.step() }

  /// Averages, steps and learning rate.
  public var state: OptimizerState { adam.state }

  /// Restores a state.
  ///
  /// **Throws**: when keys, shapes or types do not fit the parameters; nothing is changed then.
  public mutating func load(_ state: OptimizerState) throws(StateDictError) { try adam.load(state) }
}
