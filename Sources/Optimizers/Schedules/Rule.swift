import Foundation

/// How a learning rate depends on the number of steps; all rules but the plateau have closed forms.
indirect enum Rule: Hashable, Sendable, Codable {
  case constant(rate: Double)
  case step(rate: Double, period: Int, factor: Double)
  case multiStep(rate: Double, milestones: [Int], factor: Double)
  case exponential(rate: Double, factor: Double, start: Int)
  case cosine(rate: Double, steps: Int, minimum: Double)
  case plateau(Plateau)
  case warmup(steps: Int, start: Double, growth: LearningRateSchedule.Growth, next: Rule)
  case sequence(first: Rule, steps: Int, next: Rule)

  func rate(at count: Int) -> Double {
    switch self {
    case .constant(let rate):
      return rate
    case .step(let rate, let period, let factor):
      return rate * pow(factor, Double(count / period))
    case .multiStep(let rate, let milestones, let factor):
      return rate * pow(factor, Double(milestones.count { $0 <= count }))
    case .exponential(let rate, let factor, let start):
      return rate * pow(factor, Double(max(0, count - start)))
    case .cosine(let rate, let steps, let minimum):
      let progress = Double(min(count, steps)) / Double(steps)
      return minimum + (rate - minimum) * (1 + cos(.pi * progress)) / 2
    case .plateau(let plateau):
      return plateau.rate
    case .warmup(let steps, let start, let growth, let next):
      guard count < steps else { return next.rate(at: count - steps) }
      let progress = Double(count) / Double(steps)
      switch growth {
      case .linear: return next.rate(at: 0) * (start + (1 - start) * progress)
      case .exponential: return next.rate(at: 0) * pow(start, 1 - progress)
      }
    case .sequence(let first, let steps, let next):
      return count < steps ? first.rate(at: count) : next.rate(at: count - steps)
    }
  }

  /// Lets the plateau rule that is active see a metric.
  mutating func observe(_ metric: Double?, at count: Int) {
    switch self {
    case .constant, .step, .multiStep, .exponential, .cosine:
      return
    case .plateau(var plateau):
      guard let metric else { LearningRateSchedule.fail("a plateau rule needs a metric at each step") }
      plateau.observe(metric)
      self = .plateau(plateau)
    case .warmup(let steps, let start, let growth, var next):
      guard count >= steps else { return }
      next.observe(metric, at: count - steps)
      self = .warmup(steps: steps, start: start, growth: growth, next: next)
    case .sequence(var first, let steps, var next):
      if count < steps { first.observe(metric, at: count) } else { next.observe(metric, at: count - steps) }
      self = .sequence(first: first, steps: steps, next: next)
    }
  }
}

/// The state of a rule that reduces the rate when a metric stays on a plateau.
struct Plateau: Hashable, Sendable, Codable {
  var rate: Double
  let goal: LearningRateSchedule.Goal
  let factor: Double
  let patience: Int
  let threshold: Double
  let cooldown: Int
  let minimum: Double
  let smallestChange: Double
  var best: Double?
  var badCount = 0
  var cooldownLeft = 0

  init(
    rate: Double, goal: LearningRateSchedule.Goal, factor: Double, patience: Int, threshold: Double, cooldown: Int,
    minimum: Double, smallestChange: Double
  ) {
    self.rate = rate
    self.goal = goal
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.minimum = minimum
    self.smallestChange = smallestChange
  }

  mutating func observe(_ metric: Double) {
    if isBetter(metric) {
      best = metric
      badCount = 0
    } else {
      badCount += 1
    }
    if cooldownLeft > 0 {
      cooldownLeft -= 1
      badCount = 0
    }
    if badCount > patience {
      let reduced = max(rate * factor, minimum)
      if rate - reduced > smallestChange { rate = reduced }
      cooldownLeft = cooldown
      badCount = 0
    }
  }

  private func isBetter(_ metric: Double) -> Bool {
    guard !metric.isNaN else { return false }
    guard let best else { return true }
    switch goal {
    case .minimum: return metric < best * (1 - threshold)
    case .maximum: return metric > best * (1 + threshold)
    }
  }
}
