import Tensors
import Testing

@Suite struct PoolingTests {
  static let cases = [
    GoldenCase("maxPool1d") { wave(2, 4, 9).maxPool1d(3, stride: 2, padding: 1) },
    GoldenCase("maxPool2d") { wave(2, 4, 7, 6).maxPool2d([3, 2], stride: [2, 1], padding: [1, 0]) },
    GoldenCase("maxPool2d ceil dilated") { wave(2, 4, 7, 6).maxPool2d(2, stride: 2, dilation: 2, roundsUp: true) },
    GoldenCase("maxPool3d") { wave(1, 2, 5, 4, 6).maxPool3d(2) },
    GoldenCase("maxPool1dWithIndices values") { wave(2, 4, 9).maxPool1dWithIndices(2).values },
    GoldenCase("maxPool1dWithIndices indices") { wave(2, 4, 9).maxPool1dWithIndices(2).indices },
    GoldenCase("maxPool2dWithIndices values") { wave(2, 4, 7, 6).maxPool2dWithIndices(2).values },
    GoldenCase("maxPool2dWithIndices indices") { wave(2, 4, 7, 6).maxPool2dWithIndices(2).indices },
    GoldenCase("maxPool3dWithIndices values") { wave(1, 2, 5, 4, 6).maxPool3dWithIndices(2).values },
    GoldenCase("maxPool3dWithIndices indices") { wave(1, 2, 5, 4, 6).maxPool3dWithIndices(2).indices },
    GoldenCase("avgPool1d") { wave(2, 4, 9).avgPool1d(3, stride: 2, padding: 1) },
    GoldenCase("avgPool2d") { wave(2, 4, 7, 6).avgPool2d(3, stride: 2, padding: 1) },
    GoldenCase("avgPool2d valid") {
      wave(2, 4, 7, 6).avgPool2d(3, stride: 2, padding: 1, roundsUp: true, countsPadding: false)
    },
    GoldenCase("avgPool3d") { wave(1, 2, 5, 4, 6).avgPool3d(2) },
    GoldenCase("adaptiveAvgPool1d") { wave(2, 4, 9).adaptiveAvgPool1d(4) },
    GoldenCase("adaptiveAvgPool2d") { wave(2, 4, 7, 6).adaptiveAvgPool2d([3, 2]) },
    GoldenCase("adaptiveAvgPool3d") { wave(1, 2, 5, 4, 6).adaptiveAvgPool3d([2, 3, 4]) },
    GoldenCase("adaptiveMaxPool1d") { wave(2, 4, 9).adaptiveMaxPool1d(4) },
    GoldenCase("adaptiveMaxPool2d") { wave(2, 4, 7, 6).adaptiveMaxPool2d([3, 2]) },
    GoldenCase("adaptiveMaxPool3d") { wave(1, 2, 5, 4, 6).adaptiveMaxPool3d([2, 3, 4]) },
  ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  @Test func gradientsAreExact() {
    let x = wave(1, 2, 5, 5)
    expectGradients(of: { $0[0].maxPool2d(3, stride: 2, padding: 1) }, at: [x])
    expectGradients(of: { $0[0].avgPool2d(3, stride: 2, padding: 1) }, at: [x])
    expectGradients(of: { $0[0].adaptiveAvgPool2d(2) }, at: [x])
    expectGradients(of: { $0[0].adaptiveMaxPool2d(2) }, at: [x])
  }

  @Test func strideDefaultsToTheWindow() {
    #expect(wave(1, 1, 9, 8).maxPool2d([3, 2]).shape == [1, 1, 3, 4])
    #expect(wave(1, 1, 9, 8).avgPool2d(4).shape == [1, 1, 2, 2])
  }

  @Test func checkedErrors() {
    let x = wave(1, 2, 5, 5)
    #expect(throws: TorchError.self) { try x.checked.maxPool2d(2, padding: 2) }
    #expect(throws: TorchError.self) { try x.checked.maxPool2d(7) }
    #expect(throws: TorchError.self) { try x.checked.avgPool2d(0) }
    #expect(throws: TorchError.self) { try x.checked.adaptiveAvgPool2d([2, 2, 2]) }
    #expect(throws: TorchError.self) { try wave(5).checked.adaptiveMaxPool3d(2) }
  }
}
