public import Layers

/// The step of training that the temperatures of a network's samplers follow, and the numbers of those samplers.
///
/// A network advances one clock once a training step, however many layers ask for a temperature.
///
/// **State**: none of its own; networks keep the step in a buffer.
public final class SamplingClock: SelfContained {
  /// The step, from 0.
  public var step = 0

  private var samplers = 0

  /// Creates a clock at step 0.
  public init() {}

  /// The position of one more sampler among those of the clock.
  func register() -> Int {
    defer { samplers += 1 }
    return samplers
  }
}
