import Tensors
import Testing

@Suite struct LossTests {
  static func logits() -> Tensor { wave(5, 4) * 3 }
  static func classes() -> Tensor { Tensor([0, 3, 1, 2, 2], shape: [5]) }
  static func soft() -> Tensor { wave(5, 4, phase: 2).softmax(along: 1) }
  static func y() -> Tensor { wave(3, 4) }
  static func t() -> Tensor { wave(3, 4, phase: 1) * 2 }
  static func weight() -> Tensor { wave(4, phase: 1).abs() }

  static let cases: [GoldenCase] =
    LossReduction.allCases.flatMap { reduction in
      [
        GoldenCase("crossEntropy \(reduction)") {
          crossEntropy(logits: logits(), targets: classes(), reduction: reduction)
        },
        GoldenCase("crossEntropy smooth \(reduction)") {
          crossEntropy(
            logits: logits(), targets: classes(), labelSmoothing: 0.1, weight: weight(), reduction: reduction)
        },
        GoldenCase("crossEntropy soft \(reduction)") {
          crossEntropy(logits: logits(), targets: soft(), labelSmoothing: 0.2, reduction: reduction)
        },
        GoldenCase("negativeLogLikelihood \(reduction)") {
          negativeLogLikelihood(
            logits().logSoftmax(along: 1), targets: classes(), weight: weight(), ignoredIndex: 2,
            reduction: reduction)
        },
        GoldenCase("meanSquaredError \(reduction)") { meanSquaredError(y(), targets: t(), reduction: reduction) },
        GoldenCase("l1Loss \(reduction)") { l1Loss(y(), targets: t(), reduction: reduction) },
        GoldenCase("smoothL1Loss \(reduction)") { smoothL1Loss(y(), targets: t(), beta: 0.5, reduction: reduction) },
        GoldenCase("huberLoss \(reduction)") { huberLoss(y(), targets: t(), delta: 0.5, reduction: reduction) },
        GoldenCase("binaryCrossEntropy \(reduction)") {
          binaryCrossEntropy(y().sigmoid(), targets: t().sigmoid(), weight: wave(4).abs(), reduction: reduction)
        },
        GoldenCase("binaryCrossEntropyWithLogits \(reduction)") {
          binaryCrossEntropyWithLogits(
            y(), targets: t().sigmoid(), positiveWeight: wave(4).abs(), reduction: reduction)
        },
        GoldenCase("klDivergence \(reduction)") {
          klDivergence(y().logSoftmax(along: 1), targets: t().softmax(along: 1), reduction: reduction)
        },
        GoldenCase("klDivergence log \(reduction)") {
          klDivergence(
            y().logSoftmax(along: 1), targets: t().logSoftmax(along: 1), logTargets: true, reduction: reduction)
        },
      ]
    } + [
      GoldenCase("crossEntropy planes") {
        crossEntropy(
          logits: wave(2, 3, 2, 2) * 3, targets: Tensor([0, 1, 2, 1, 2, 2, 0, 1], shape: [2, 2, 2]))
      }
    ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  @Test func gradientsAreExact() {
    let functions: [(Tensor) -> Tensor] = [
      { crossEntropy(logits: $0, targets: Self.classes(), labelSmoothing: 0.1) },
      { crossEntropy(logits: $0, targets: Self.soft()) },
      { negativeLogLikelihood($0, targets: Self.classes()) },
      { meanSquaredError($0, targets: Self.soft()) },
      { smoothL1Loss($0, targets: Self.soft()) },
      { huberLoss($0, targets: Self.soft()) },
      { binaryCrossEntropyWithLogits($0, targets: Self.soft()) },
      { binaryCrossEntropy($0.sigmoid(), targets: Self.soft()) },
      { klDivergence($0, targets: Self.soft()) },
    ]
    for function in functions { expectGradients(of: { function($0[0]) }, at: [Self.logits()]) }
  }

  @Test(arguments: [DType.int32, .int16, .int8, .uint8])
  func classesOfAnyIntegerType(_ dtype: DType) {
    let expected = crossEntropy(logits: Self.logits(), targets: Self.classes()).item()
    #expect(crossEntropy(logits: Self.logits(), targets: Self.classes().to(dtype)).item() == expected)
  }

  @Test func checkedErrors() {
    let logits = Self.logits()
    #expect(throws: TorchError.self) { try logits.checked.crossEntropy(targets: Tensor([0, 1], shape: [2])) }
    let outside = #expect(throws: TorchError.self) {
      try logits.checked.crossEntropy(targets: Tensor([0, 1, 2, 3, 4], shape: [5]))
    }
    #expect(outside?.description.contains("out of bounds") == true)
    let shapes = #expect(throws: TorchError.self) { try logits.checked.meanSquaredError(targets: wave(5, 1)) }
    #expect(
      shapes?.description
        == "meanSquaredError([5, 4], [5, 1]): expected a target of the input's shape [5, 4], got [5, 1]")
    #expect(throws: TorchError.self) { try logits.checked.binaryCrossEntropy(targets: Self.soft()) }
    #expect(throws: TorchError.self) { try logits.checked.huberLoss(targets: Self.soft(), delta: 0) }
    #expect(throws: TorchError.self) { try logits.checked.crossEntropy(targets: Self.classes(), weight: wave(3)) }
  }
}
