public import OrderedCollections
public import Tensors

/// What an optimizer remembers between steps.
///
/// **State**: tensors under `<parameter key>.<name>`, with the names of PyTorch (`momentum_buffer`, `exp_avg`,
/// `exp_avg_sq`, `max_exp_avg_sq`); scalars `learning_rate` and `<parameter key>.step`.
public struct OptimizerState {
  /// The tensors by key, in order.
  public var tensors: OrderedDictionary<String, Tensor>
  /// The numbers by key.
  public var scalars: [String: Double]

  /// Creates a state.
  public init(tensors: OrderedDictionary<String, Tensor> = [:], scalars: [String: Double] = [:]) {
    self.tensors = tensors
    self.scalars = scalars
  }
}
