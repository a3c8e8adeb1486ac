internal import Foundation
internal import Optimizers

/// The learning rate of each step, from the options of a configuration.
struct RateSchedule: Codable, Hashable {
  /// What advances with the steps.
  private var byStep: LearningRateSchedule
  /// A factor that advances with the evaluations.
  private var byEvaluation: LearningRateSchedule?
  /// The smallest factor of a cosine over time; nil when steps decide.
  private var timeMinimum: Double?

  init(_ options: ScheduleOptions, rate: Double, epochs: Int?, stepsPerEpoch: Int) {
    let warmup = options.warmupEpochs * stepsPerEpoch
    switch options.kind {
    case .constant:
      byStep = .constant(rate)
    case .step:
      byStep = .step(from: rate, every: options.every * stepsPerEpoch, factor: options.factor)
    case .milestones:
      // Milestones count from the beginning of the run, a schedule from the end of its warm-up.
      byStep = .multiStep(
        from: rate, at: options.milestones.map { $0 * stepsPerEpoch - warmup }, factor: options.factor)
    case .exponential:
      let falling = LearningRateSchedule.step(from: rate, every: stepsPerEpoch, factor: options.factor)
      let start = options.after * stepsPerEpoch
      byStep = start > 0 ? .constant(rate).followed(after: start, by: falling) : falling
    case .cosine:
      if let epochs {
        byStep = .cosine(
          from: rate, over: max(1, epochs * stepsPerEpoch - warmup), to: options.minimum * rate)
      } else {
        byStep = .constant(rate)
        timeMinimum = options.minimum
      }
    case .plateau:
      byStep = .constant(rate)
      byEvaluation = .plateau(
        from: 1, factor: options.factor, patience: options.patience, threshold: options.threshold,
        minimum: options.minimum, smallestChange: options.smallestChange / rate)
    }
    if warmup > 0 { byStep = byStep.warmed(over: warmup, from: 1 / Double(warmup + 1)) }
  }

  /// The rate of the next step, `elapsed` being the share of the time limit that has passed.
  func rate(elapsed: Double) -> Double {
    var rate = byStep.learningRate * (byEvaluation?.learningRate ?? 1)
    if let timeMinimum {
      rate *= timeMinimum + (1 - timeMinimum) * (1 + cos(.pi * min(1, max(0, elapsed)))) / 2
    }
    return rate
  }

  /// Goes one step further.
  mutating func advance() { byStep.advance() }

  /// Takes note of a validation loss.
  mutating func observe(loss: Double) { byEvaluation?.advance(metric: loss) }
}
