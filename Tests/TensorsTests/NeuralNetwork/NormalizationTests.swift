import Tensors
import Testing

@Suite struct NormalizationTests {
  static func mean() -> Tensor { wave(4, phase: 3) }
  static func variance() -> Tensor { wave(4, phase: 4).abs() + 0.5 }
  static func updated() -> (result: Tensor, mean: Tensor, variance: Tensor) {
    let (mean, variance) = (mean().clone(), variance().clone())
    let result = wave(2, 4, 7, 6).batchNorm(
      updatingMean: mean, variance: variance, weight: wave(4, phase: 1), bias: wave(4, phase: 2), momentum: 0.3)
    return (result, mean, variance)
  }

  static let cases = [
    GoldenCase("batchNorm given") {
      wave(2, 4, 7, 6).batchNorm(
        mean: mean(), variance: variance(), weight: wave(4, phase: 1), bias: wave(4, phase: 2), epsilon: 1e-3)
    },
    GoldenCase("batchNorm batch") { wave(2, 4, 7, 6).batchNorm(weight: wave(4, phase: 1), bias: wave(4, phase: 2)) },
    GoldenCase("batchNorm updating") { updated().result },
    GoldenCase("batchNorm updating mean") { updated().mean },
    GoldenCase("batchNorm updating variance") { updated().variance },
    GoldenCase("batchNorm 1d") { wave(5, 4).batchNorm(weight: wave(4, phase: 1), bias: wave(4, phase: 2)) },
    GoldenCase("batchNorm 3d") { wave(2, 4, 2, 3, 2).batchNorm(weight: wave(4, phase: 1), bias: wave(4, phase: 2)) },
    GoldenCase("layerNorm") {
      wave(2, 4, 7, 6).layerNorm(shape: [7, 6], weight: wave(7, 6, phase: 1), bias: wave(7, 6, phase: 2))
    },
    GoldenCase("groupNorm") {
      wave(2, 4, 7, 6).groupNorm(groups: 2, weight: wave(4, phase: 1), bias: wave(4, phase: 2))
    },
    GoldenCase("instanceNorm") { wave(2, 4, 7, 6).instanceNorm(weight: wave(4, phase: 1), bias: wave(4, phase: 2)) },
  ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  @Test func gradientsAreExact() {
    let inputs = [wave(2, 4, 3, 2), wave(4, phase: 1), wave(4, phase: 2)]
    expectGradients(of: { $0[0].batchNorm(weight: $0[1], bias: $0[2]) }, at: inputs)
    expectGradients(of: { $0[0].groupNorm(groups: 2, weight: $0[1], bias: $0[2]) }, at: inputs)
    expectGradients(of: { $0[0].instanceNorm(weight: $0[1], bias: $0[2]) }, at: inputs)
    expectGradients(
      of: { $0[0].layerNorm(shape: [3, 2], weight: $0[1], bias: $0[2]) },
      at: [wave(2, 4, 3, 2), wave(3, 2, phase: 1), wave(3, 2, phase: 2)])
    expectGradients(
      of: { $0[0].batchNorm(mean: Self.mean(), variance: Self.variance(), weight: $0[1], bias: $0[2]) }, at: inputs)
  }

  @Test func batchStatisticsLeaveGivenOnesAlone() {
    let mean = Self.mean()
    let before = mean.scalars(as: Double.self)
    _ = wave(2, 4, 3, 3).batchNorm(mean: mean, variance: Self.variance())
    #expect(mean.scalars(as: Double.self) == before)
  }

  @Test func checkedErrors() {
    #expect(throws: TorchError.self) { try wave(2, 4, 3, 3).checked.batchNorm(mean: wave(3), variance: wave(3)) }
    let single = #expect(throws: TorchError.self) { try wave(1, 4).checked.batchNorm() }
    #expect(single?.description.contains("more than one value per channel") == true)
    #expect(throws: TorchError.self) { try wave(2, 4, 3, 3).checked.groupNorm(groups: 3) }
    #expect(throws: TorchError.self) { try wave(2, 4, 3, 3).checked.groupNorm(groups: 0) }
    #expect(throws: TorchError.self) { try wave(2, 4, 3, 3).checked.layerNorm(shape: [4]) }
    #expect(throws: TorchError.self) { try wave(2, 4, 3, 3).checked.instanceNorm(weight: wave(3)) }
  }
}
