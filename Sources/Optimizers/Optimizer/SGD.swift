public import Layers
import Tensors

/// Stochastic gradient descent with momentum.
///
/// **State**: `momentum_buffer` of each parameter, if there is momentum.
///
/// **Reference**: as in PyTorch: `v ← momentum v + (1 - dampening) (g + weightDecay p)`, `p ← p - learningRate v`.
public struct SGD: Optimizer {
  /// The parameters, with the options of each group.
  public let groups: [ParameterGroup]
  /// The size of a step.
  public var learningRate: Double
  /// How much of the last step's direction is kept.
  public let momentum: Double
  /// How much of the gradient is left out of the momentum.
  public let dampening: Double
  /// Whether the gradient is taken ahead of the momentum's step.
  public let isNesterov: Bool
  /// The factor of the parameters that is added to their gradients.
  public let weightDecay: Double

  private var slots = Slots()

  /// Creates an optimizer of one group.
  ///
  /// **Traps**: when a number is out of range or a parameter appears twice.
  public init(
    _ parameters: [NamedParameter], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    isNesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, momentum: momentum, dampening: dampening,
      isNesterov: isNesterov, weightDecay: weightDecay)
  }

  /// Creates an optimizer.
  ///
  /// **Traps**: when a number is out of range or a parameter appears twice.
  public init(
    groups: [ParameterGroup], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    isNesterov: Bool = false, weightDecay: Double = 0
  ) {
    guard learningRate >= 0, momentum >= 0, weightDecay >= 0 else {
      Torch.fail(
        op: "SGD",
        "needs a learning rate, momentum and weight decay of at least 0, "
          + "got \(learningRate), \(momentum), \(weightDecay)")
    }
    guard !isNesterov || (momentum > 0 && dampening == 0) else {
      Torch.fail(op: "SGD", "Nesterov's rule needs momentum and no dampening, got \(momentum) and \(dampening)")
    }
    self.groups = ParameterGroup.checked(groups, "SGD")
    self.learningRate = learningRate
    self.momentum = momentum
    self.dampening = dampening
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
  }

  /// Changes every parameter that has a gradient.
  public mutating func step() {
    withoutGradient {
      for (batch, group) in slots.batches(of: groups) { update(batch, group) }
    }
  }

  private mutating func update(_ batch: UpdateBatch, _ group: ParameterGroup) {
    let rate = learningRate * group.learningRateFactor
    let decay = group.weightDecay ?? weightDecay
    let velocities = momentum > 0 ? slots.tensors("momentum_buffer", of: batch) : []
    if batch.isDense {
      Foreach.fusedSGD(
        batch.values, batch.gradients, velocities, weightDecay: decay, momentum: momentum, learningRate: rate,
        dampening: dampening, isNesterov: isNesterov, isFirstStep: batch.steps == 0)
    } else {
      var directions = batch.gradients
      if decay != 0 { directions = Foreach.sum(directions, batch.values, factor: decay) }
      if momentum > 0 {
        if batch.steps == 0 {
          Foreach.copy(directions, into: velocities)
        } else {
          Foreach.multiply(inPlace: velocities, by: momentum)
          Foreach.add(inPlace: velocities, directions, factor: 1 - dampening)
        }
        directions = isNesterov ? Foreach.sum(directions, velocities, factor: momentum) : velocities
      }
      Foreach.add(inPlace: batch.values, directions, factor: -rate)
    }
    batch.finish(&slots)
  }

  /// Momentum buffers, steps and learning rate.
  public var state: OptimizerState {
    slots.exported(parameters, names: ["momentum_buffer"], learningRate: learningRate)
  }

  /// Restores a state.
  ///
  /// **Throws**: when keys, shapes or types do not fit the parameters; nothing is changed then.
  public mutating func load(_ state: OptimizerState) throws(StateDictError) {
    (slots, learningRate) = try Slots.imported(
      state, parameters, required: momentum > 0 ? ["momentum_buffer"] : [])
  }
}
