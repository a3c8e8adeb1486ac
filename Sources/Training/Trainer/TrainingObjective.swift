public import Optimizers
public import Tensors

/// A network that has a say in how it is trained: terms of the loss, and learning rates of some parameters.
public protocol TrainingObjective: Predictor {
  /// What the last pass in training adds to the loss; nil for nothing.
  var penalty: Tensor? { get }

  /// The parameters in groups, each with a factor of the learning rate.
  func parameterGroups(learningRate: Double) -> [ParameterGroup]
}
