import Foundation
import Layers
import Optimizers
import Tensors
import Testing

@Suite struct ExponentialMovingAverageTests {
  @Test func averagesAndRestores() {
    let pair = Pair()
    var average = ExponentialMovingAverage(pair.parameters, decay: 0.75)
    let start = pair.b.value.clone().detach()
    pair.b.assign(Tensor.zeros([5], dtype: .float64))
    average.update()
    average.update()
    let own = pair.stateDict()
    average.withAverages {
      #expect(pair.b.value.detach().maxAbsDifference(to: start * 0.5625) < 1e-15)
    }
    #expect(pair.stateDict().isIdentical(to: own))
    average.apply()
    #expect(pair.b.value.detach().maxAbsDifference(to: start * 0.5625) < 1e-15)
  }

  @Test func warmUpFollowsFastAtFirst() {
    let pair = Pair()
    var average = ExponentialMovingAverage(pair.parameters, decay: 0.999, warmsUp: true)
    let start = pair.b.value.clone().detach()
    pair.b.assign(Tensor.zeros([5], dtype: .float64))
    average.update()
    let kept = average.stateDict["b"]
    #expect(kept.map { $0.maxAbsDifference(to: start * (2.0 / 11)) < 1e-15 } == true)
  }

  @Test func stateRoundTripAndErrors() throws {
    let pair = Pair()
    var first = ExponentialMovingAverage(pair.parameters, decay: 0.5)
    pair.w.update { $0 * 2 }
    first.update()
    var second = ExponentialMovingAverage(pair.parameters, decay: 0.5)
    try second.load(first.stateDict, updateCount: first.updateCount)
    #expect(second.stateDict.isIdentical(to: first.stateDict) && second.updateCount == 1)
    var broken = first.stateDict
    broken["b"] = Tensor.zeros([5])
    broken["w"] = nil
    do {
      try second.load(broken, updateCount: 7)
      Issue.record("loaded")
    } catch {
      #expect(error.description == "missing key \"w\"; \"b\" is float32, expected float64")
    }
    #expect(second.updateCount == 1)
  }

  @Test func copiesAreValues() {
    let pair = Pair()
    var first = ExponentialMovingAverage(pair.parameters, decay: 0.5)
    let copy = first
    let before = copy.stateDict
    pair.w.update { $0 * 2 }
    first.update()
    #expect(copy.stateDict.isIdentical(to: before))
  }
}
