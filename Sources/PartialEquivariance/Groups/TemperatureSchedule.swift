/// How the temperature of relaxed Bernoulli draws falls, linearly with the progress of training.
public struct TemperatureSchedule: Hashable, Codable, Sendable {
  /// The temperature at the beginning.
  public var initial: Double
  /// The temperature at the end.
  public var final: Double

  /// Creates a schedule; the defaults are those of the paper's experiments.
  public init(from initial: Double = 0.5, to final: Double = 1e-4) {
    self.initial = initial
    self.final = final
  }

  /// The temperature when a share of the training, from 0 to 1, is done.
  public func temperature(at progress: Double) -> Double {
    initial - min(1, max(0, progress)) * (initial - final)
  }
}
