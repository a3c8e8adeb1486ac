import Layers
import Tensors

/// A learning rate that changes as training advances.
///
/// What counts as a step (a batch or an epoch) is up to the caller, who calls `advance(metric:)` after each.
///
///     var schedule = LearningRateSchedule.cosine(from: 0.1, over: 1000).warmed(over: 100)
///     optimizer.learningRate = schedule.learningRate
///     …
///     schedule.advance()
///
/// **State**: a schedule is a value and encodes its whole state, so that it can be saved in checkpoints.
public struct LearningRateSchedule: Hashable, Sendable, Codable {
  /// The rule and, where it has one, its state.
  var rule: Rule
  /// How many steps were made.
  public private(set) var stepCount = 0

  init(_ rule: Rule) { self.rule = rule }

  /// The learning rate for the next step.
  public var learningRate: Double { rule.rate(at: stepCount) }

  /// Goes one step further.
  ///
  /// `metric` is what a plateau rule watches, such as the validation loss; the other rules ignore it.
  ///
  /// **Traps**: when a plateau rule that is active gets no metric.
  public mutating func advance(metric: Double? = nil) {
    rule.observe(metric, at: stepCount)
    stepCount += 1
  }

  /// Sets an optimizer's learning rate to this one's.
  public func apply(to optimizer: inout some Optimizer) { optimizer.learningRate = learningRate }

  /// What a plateau rule watches for.
  public enum Goal: String, Hashable, Sendable, Codable {
    /// Smaller is better.
    case minimum
    /// Larger is better.
    case maximum
  }

  /// How a warm-up grows.
  public enum Growth: String, Hashable, Sendable, Codable {
    /// By equal differences.
    case linear
    /// By equal factors.
    case exponential
  }
}

extension LearningRateSchedule {
  /// The same rate forever.
  public static func constant(_ rate: Double) -> LearningRateSchedule {
    LearningRateSchedule(.constant(rate: valid(rate)))
  }

  /// A rate that is multiplied by `factor` after every `period` steps.
  ///
  /// **Traps**: unless the period is positive.
  public static func step(from rate: Double, every period: Int, factor: Double = 0.1) -> LearningRateSchedule {
    guard period > 0 else { fail("the period must be positive, got \(period)") }
    return LearningRateSchedule(.step(rate: valid(rate), period: period, factor: factor))
  }

  /// A rate that is multiplied by `factor` at each of the given steps.
  public static func multiStep(from rate: Double, at milestones: [Int], factor: Double = 0.1) -> LearningRateSchedule {
    LearningRateSchedule(.multiStep(rate: valid(rate), milestones: milestones.sorted(), factor: factor))
  }

  /// A rate that is multiplied by `factor` after every step, after `start` steps without change.
  public static func exponential(from rate: Double, factor: Double, after start: Int = 0) -> LearningRateSchedule {
    LearningRateSchedule(.exponential(rate: valid(rate), factor: factor, start: start))
  }

  /// A rate that falls to `minimum` along half a period of a cosine, and stays there.
  ///
  /// **Traps**: unless the number of steps is positive.
  ///
  /// **Reference**: Loshchilov and Hutter (2017).
  public static func cosine(from rate: Double, over steps: Int, to minimum: Double = 0) -> LearningRateSchedule {
    guard steps > 0 else { fail("the number of steps must be positive, got \(steps)") }
    return LearningRateSchedule(.cosine(rate: valid(rate), steps: steps, minimum: minimum))
  }

  /// A rate that is multiplied by `factor` when a metric did not improve for more than `patience` steps.
  ///
  /// An improvement is relative to the best value by more than `threshold`; after a change, `cooldown` steps do not
  /// count; a change of at most `smallestChange` is not made.
  ///
  /// **Traps**: unless the factor lies between 0 and 1.
  public static func plateau(
    from rate: Double, goal: Goal = .minimum, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, minimum: Double = 0, smallestChange: Double = 1e-8
  ) -> LearningRateSchedule {
    guard factor > 0, factor < 1 else { fail("the factor must lie between 0 and 1, got \(factor)") }
    return LearningRateSchedule(
      .plateau(
        Plateau(
          rate: valid(rate), goal: goal, factor: factor, patience: patience, threshold: threshold, cooldown: cooldown,
          minimum: minimum, smallestChange: smallestChange)))
  }

  /// This schedule after a warm-up: for `steps` steps its first rate is multiplied by a factor that grows from `start`
  /// to 1, then the schedule begins.
  ///
  /// **Traps**: unless the number of steps is positive and the factor between 0 (1e-12 for exponential growth) and 1.
  public func warmed(over steps: Int, from start: Double = 0.1, growth: Growth = .linear) -> LearningRateSchedule {
    let smallest = growth == .linear ? 0 : 1e-12
    guard steps > 0, (smallest...1).contains(start) else {
      Self.fail("a warm-up needs positive steps and a factor from \(smallest) to 1, got \(steps) and \(start)")
    }
    return LearningRateSchedule(.warmup(steps: steps, start: start, growth: growth, next: rule))
  }

  /// This schedule for `steps` steps, then another one from its beginning.
  ///
  /// **Traps**: unless the number of steps is positive.
  public func followed(after steps: Int, by next: LearningRateSchedule) -> LearningRateSchedule {
    guard steps > 0 else { Self.fail("the number of steps must be positive, got \(steps)") }
    return LearningRateSchedule(.sequence(first: rule, steps: steps, next: next.rule))
  }

  private static func valid(_ rate: Double) -> Double {
    guard rate >= 0, rate.isFinite else { fail("the learning rate must be at least 0, got \(rate)") }
    return rate
  }

  static func fail(_ message: String) -> Never { Torch.fail(op: "LearningRateSchedule", message) }
}
