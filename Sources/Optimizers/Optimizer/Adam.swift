import Foundation
public import Layers
import Tensors

/// Adam: steps scaled by running averages of the gradient and of its square.
///
/// **State**: `exp_avg`, `exp_avg_sq` and, with AMSGrad, `max_exp_avg_sq` of each parameter.
///
/// **Reference**: Kingma and Ba (2015); AMSGrad: Reddi et al. (2018); decoupled decay: Loshchilov and Hutter (2019).
public struct Adam: Optimizer {
  /// How weight decay acts.
  public enum Decay: Hashable, Sendable {
    /// It is added to the gradient, as in the original rule.
    case coupled
    /// It shrinks the parameters apart from the gradient, as in AdamW.
    case decoupled
  }

  /// The parameters, with the options of each group.
  public let groups: [ParameterGroup]
  /// The size of a step.
  public var learningRate: Double
  /// How much of the averages of the gradient and of its square is kept at each step.
  public let betas: (Double, Double)
  /// What is added to the root of the average square.
  public let epsilon: Double
  /// The strength of the weight decay.
  public let weightDecay: Double
  /// How weight decay acts.
  public let decay: Decay
  /// Whether the largest average square is used instead of the present one.
  public let usesMaximum: Bool

  private var slots = Slots()

  /// Creates an optimizer of one group.
  ///
  /// **Traps**: when a number is out of range or a parameter appears twice.
  public init(
    _ parameters: [NamedParameter], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0, decay: Decay = .coupled, usesMaximum: Bool = false
  ) {
    self.init(
      groups: [ParameterGroup(parameters)], learningRate: learningRate, betas: betas, epsilon: epsilon,
      weightDecay: weightDecay, decay: decay, usesMaximum: usesMaximum)
  }

  /// Creates an optimizer.
  ///
  /// **Traps**: when a number is out of range or a parameter appears twice.
  public init(
    groups: [ParameterGroup], learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8, weightDecay: Double = 0, decay: Decay = .coupled, usesMaximum: Bool = false
  ) {
    guard learningRate >= 0, epsilon >= 0, weightDecay >= 0 else {
      Torch.fail(
        op: "Adam",
        "needs a learning rate, epsilon and weight decay of at least 0, "
          + "got \(learningRate), \(epsilon), \(weightDecay)")
    }
    guard (0..<1).contains(betas.0), (0..<1).contains(betas.1) else {
      Torch.fail(op: "Adam", "needs betas in 0..<1, got \(betas)")
    }
    self.groups = ParameterGroup.checked(groups, "Adam")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decay = decay
    self.usesMaximum = usesMaximum
  }

  /// Changes every parameter that has a gradient.
  public mutating func step() {
    withoutGradient {
      for (batch, group) in slots.batches(of: groups) { update(batch, group) }
    }
  }

  private mutating func update(_ batch: UpdateBatch, _ group: ParameterGroup) {
    let rate = learningRate * group.learningRateFactor
    let strength = group.weightDecay ?? weightDecay
    let averages = slots.tensors("exp_avg", of: batch)
    let squares = slots.tensors("exp_avg_sq", of: batch)
    let maxima = usesMaximum ? slots.tensors("max_exp_avg_sq", of: batch) : []
    if batch.isDense {
      Foreach.fusedAdam(
        batch.values, batch.gradients, averages, squares, maxima, step: batch.steps + 1, learningRate: rate,
        betas: betas, weightDecay: strength, epsilon: epsilon, isDecoupled: decay == .decoupled)
    } else {
      var gradients = batch.gradients
      if strength != 0 {
        switch decay {
        case .coupled: gradients = Foreach.sum(gradients, batch.values, factor: strength)
        case .decoupled: Foreach.multiply(inPlace: batch.values, by: 1 - rate * strength)
        }
      }
      Foreach.interpolate(inPlace: averages, towards: gradients, weight: 1 - betas.0)
      Foreach.multiply(inPlace: squares, by: betas.1)
      Foreach.addProduct(inPlace: squares, gradients, gradients, factor: 1 - betas.1)
      if usesMaximum { Foreach.maximum(inPlace: maxima, squares) }
      let steps = Double(batch.steps + 1)
      let correction = 1 - pow(betas.0, steps)
      let squareCorrection = (1 - pow(betas.1, steps)).squareRoot()
      let roots = Foreach.squareRoot(usesMaximum ? maxima : squares)
      Foreach.multiply(inPlace: roots, by: 1 / squareCorrection)
      Foreach.add(inPlace: roots, epsilon)
      Foreach.addQuotient(inPlace: batch.values, averages, roots, factor: -rate / correction)
    }
    batch.finish(&slots)
  }

  private var names: [String] { ["exp_avg", "exp_avg_sq"] + (usesMaximum ? ["max_exp_avg_sq"] : []) }

  /// Averages, steps and learning rate.
  public var state: OptimizerState { slots.exported(parameters, names: names, learningRate: learningRate) }

  /// Restores a state.
  ///
  /// **Throws**: when keys, shapes or types do not fit the parameters; nothing is changed then.
  public mutating func load(_ state: OptimizerState) throws(StateDictError) {
    (slots, learningRate) = try Slots.imported(state, parameters, required: names)
  }
}
