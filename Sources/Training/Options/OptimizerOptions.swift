/// The update rule: the `training.optimizer` section.
public struct OptimizerOptions: Codable, Hashable, Sendable {
  /// The update rules that a configuration file can name.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Stochastic gradient descent, with momentum if asked for.
    case sgd
    /// Adam, with weight decay as part of the gradient.
    case adam
    /// Adam with weight decay apart from the gradient.
    case adamw
  }

  /// The update rule.
  public var kind: Kind
  /// The step size before any schedule.
  public var learningRate: Double
  /// The strength of the pull of the weights toward zero.
  public var weightDecay: Double
  /// The momentum of `sgd`.
  public var momentum: Double
  /// Whether `sgd` looks ahead along its momentum.
  public var nesterov: Bool
  /// The decays of the two moment estimates of `adam` and `adamw`.
  public var betas: [Double]
  /// The term that keeps the division of `adam` and `adamw` finite.
  public var epsilon: Double

  /// Creates options.
  public init(
    kind: Kind = .adam, learningRate: Double = 1e-3, weightDecay: Double = 0, momentum: Double = 0,
    nesterov: Bool = false, betas: [Double] = [0.9, 0.999], epsilon: Double = 1e-8
  ) {
    self.kind = kind
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.momentum = momentum
    self.nesterov = nesterov
    self.betas = betas
    self.epsilon = epsilon
  }
}

extension OptimizerOptions: ConfigurationSection {
  /// Reads the `training.optimizer` section; keys of another kind are unknown keys.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init()
    kind = try node.choice("kind", default: kind)
    learningRate = try node.double("learningRate", default: learningRate, in: .moreThan(0))
    weightDecay = try node.double("weightDecay", default: weightDecay, in: .atLeast(0))
    switch kind {
    case .sgd:
      momentum = try node.double("momentum", default: momentum, in: .from(0, below: 1))
      nesterov = try node.bool("nesterov", default: nesterov)
      if nesterov, momentum == 0 { throw node.invalid("nesterov", "needs a momentum above 0") }
    case .adam, .adamw:
      betas = try node.doubles("betas", default: betas, count: 2, in: .from(0, below: 1))
      epsilon = try node.double("epsilon", default: epsilon, in: .moreThan(0))
    }
  }
}
