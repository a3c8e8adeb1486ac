public import Layers

/// The progress of training that the temperatures of a network's samplers follow, and the numbers of those samplers.
///
/// A network advances one clock once a training step, however many layers ask for a temperature.
///
/// **State**: none of its own; networks keep their steps in a buffer.
public final class SamplingClock: SelfContained {
  /// The share of the training that is done, from 0 to 1.
  public var progress = 0.0

  private var samplers = 0

  /// Creates a clock at the beginning.
  public init() {}

  /// The position of one more sampler among those of the clock.
  func register() -> Int {
    defer { samplers += 1 }
    return samplers
  }
}
