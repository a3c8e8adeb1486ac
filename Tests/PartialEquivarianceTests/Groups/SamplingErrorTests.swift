import PartialEquivariance
import Symmetry
import Testing

@Suite struct SamplingErrorTests {
  @Test func optionsThatDoNotGoTogetherAreRefused() {
    func expect(_ error: SamplingError, _ options: GroupSampling, isPartial: Bool = false) {
      #expect(throws: error) { try options.validate(isPartial: isPartial) }
    }
    expect(.group("C8"), GroupSampling(.cyclic(8), count: 8))
    expect(.count(0), GroupSampling(.so2, count: 0))
    expect(.count(5000), GroupSampling(.so2, count: 5000))
    expect(.oddCount(7), GroupSampling(.o2, count: 7))
    expect(.deterministicPerLayer, GroupSampling(.so2, count: 8, perLayer: true))
    expect(.deterministicPerBatchElement, GroupSampling(.so2, count: 8, perBatchElement: true))
    expect(.partialNeedsPerLayer, GroupSampling(.so2, count: 8, method: .random), isPartial: true)
    expect(.nothingToLearn, GroupSampling(.so2, count: 1), isPartial: true)
    expect(
      .temperature(initial: 0.1, final: 0.5),
      GroupSampling(.so2, count: 8, temperature: TemperatureSchedule(from: 0.1, to: 0.5)))
    expect(
      .temperature(initial: 0.5, final: 0), GroupSampling(.so2, count: 8, temperature: TemperatureSchedule(to: 0)))
  }
}
