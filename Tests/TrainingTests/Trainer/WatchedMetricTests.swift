import Testing
import Training

struct WatchedMetricTests {
  @Test(arguments: WatchedMetric.allCases) func aValueThatIsNoNumberIsNeverTheBest(_ metric: WatchedMetric) {
    #expect(!metric.isImprovement(.nan, over: nil))
    #expect(!metric.isImprovement(.nan, over: 0.5))
    #expect(metric.isImprovement(0.5, over: nil))
  }

  @Test func lessLossAndMoreAccuracyAreBetter() {
    #expect(WatchedMetric.loss.isImprovement(0.4, over: 0.5) && !WatchedMetric.loss.isImprovement(0.6, over: 0.5))
    let accuracy = WatchedMetric.accuracy
    #expect(accuracy.isImprovement(0.6, over: 0.5) && !accuracy.isImprovement(0.5, over: 0.5))
  }
}
