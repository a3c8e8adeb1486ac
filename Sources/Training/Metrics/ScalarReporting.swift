public import Layers

/// A network with numbers of its own that are worth following, such as what it has learned about a symmetry.
///
/// A run records them after each epoch, in `metrics.jsonl` under their names and as TensorBoard's scalars.
public protocol ScalarReporting: Module {
  /// The numbers as they are now, the same names at all times; names have the form of paths, as "support/last/width".
  var scalars: [(name: String, value: Double)] { get }
}
