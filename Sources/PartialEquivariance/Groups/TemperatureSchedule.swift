/// How the temperature of relaxed Bernoulli draws falls, linearly with the steps of training.
public struct TemperatureSchedule: Hashable, Codable, Sendable {
  /// The temperature at the first step.
  public var initial: Double
  /// The temperature from step `steps` on.
  public var final: Double
  /// The number of steps in between.
  public var steps: Int

  /// Creates a schedule; the defaults are those of the paper's experiments.
  public init(from initial: Double = 0.5, to final: Double = 1e-4, over steps: Int = 1) {
    self.initial = initial
    self.final = final
    self.steps = steps
  }

  /// The temperature of a step, counted from 0.
  public func temperature(atStep step: Int) -> Double {
    initial - min(1, Double(max(0, step)) / Double(max(1, steps))) * (initial - final)
  }
}
