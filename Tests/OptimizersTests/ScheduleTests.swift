import Foundation
import Layers
import Optimizers
import Tensors
import Testing

@Suite struct ScheduleTests {
  static let schedules: [String: LearningRateSchedule] = [
    "step": .step(from: 0.1, every: 7, factor: 0.5),
    "multiStep": .multiStep(from: 0.1, at: [20, 4, 9], factor: 0.3),
    "exponential": .exponential(from: 0.1, factor: 0.9),
    "cosine": .cosine(from: 0.1, over: 29, to: 0.001),
    "linear warm-up": LearningRateSchedule.constant(0.1).warmed(over: 6, from: 0.2),
    "warm-up cosine": LearningRateSchedule.cosine(from: 0.1, over: 25).warmed(over: 5, from: 0.1),
    "sequence": LearningRateSchedule.constant(0.1).followed(after: 12, by: .exponential(from: 0.1, factor: 0.8)),
    "plateau": .plateau(from: 0.1, factor: 0.5, patience: 2, cooldown: 1, minimum: 0.005),
    "plateau maximum": .plateau(from: 0.1, goal: .maximum, factor: 0.3, patience: 4, threshold: 0.01),
  ]

  @Test func everyGoldenHasASchedule() throws {
    #expect(Set(try #require(ScheduleGoldens.file).rates.keys) == Set(Self.schedules.keys))
  }

  /// Also through a JSON round trip at every step, as checkpoints do it.
  @Test(arguments: schedules.keys.sorted())
  func agreesWithPyTorchAndResumes(_ name: String) throws {
    let goldens = try #require(ScheduleGoldens.file)
    let expected = try #require(goldens.rates[name])
    var schedule = try #require(Self.schedules[name])
    for (step, rate) in expected.enumerated() {
      #expect(abs(schedule.learningRate - rate) < 1e-13, "step \(step)")
      #expect(schedule.stepCount == step)
      schedule.advance(metric: goldens.metric[step])
      let data = try JSONEncoder().encode(schedule)
      let decoded = try JSONDecoder().decode(LearningRateSchedule.self, from: data)
      #expect(decoded == schedule)
      schedule = decoded
    }
  }

  @Test func exponentialWarmUp() {
    var schedule = LearningRateSchedule.constant(1).warmed(over: 2, from: 0.01, growth: .exponential)
    var rates: [Double] = []
    for _ in 0..<4 {
      rates.append(schedule.learningRate)
      schedule.advance()
    }
    #expect(zip(rates, [0.01, 0.1, 1, 1]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func exponentialAfterAPause() {
    var schedule = LearningRateSchedule.exponential(from: 1, factor: 0.5, after: 2)
    var rates: [Double] = []
    for _ in 0..<5 {
      rates.append(schedule.learningRate)
      schedule.advance()
    }
    #expect(rates == [1, 1, 1, 0.5, 0.25])
  }

  @Test func plateauAfterWarmUpSeesOnlyItsOwnSteps() {
    var schedule = LearningRateSchedule.plateau(from: 1, factor: 0.5, patience: 0).warmed(over: 2, from: 0.5)
    var rates: [Double] = []
    for _ in 0..<6 {
      rates.append(schedule.learningRate)
      schedule.advance(metric: 1)
    }
    #expect(rates == [0.5, 0.75, 1, 1, 0.5, 0.25])
  }

  @Test func setsAnOptimizersRate() {
    var sgd = SGD(Pair().parameters, learningRate: 1)
    LearningRateSchedule.constant(0.25).apply(to: &sgd)
    #expect(sgd.learningRate == 0.25)
  }

  @Test func plateauWithoutMetricTraps() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var schedule = LearningRateSchedule.plateau(from: 1)
      schedule.advance()
    }
    #expect(
      printed(result).contains("LearningRateSchedule: a plateau rule needs a metric at each step"))
  }
}
