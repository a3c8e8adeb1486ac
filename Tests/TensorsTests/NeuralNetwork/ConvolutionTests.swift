import Tensors
import Testing

@Suite struct ConvolutionTests {
  static let cases = [
    GoldenCase("conv1d") {
      wave(2, 4, 9).conv1d(wave(6, 4, 3, phase: 1), bias: wave(6, phase: 2), stride: 2, padding: 1)
    },
    GoldenCase("conv2d") { wave(2, 4, 7, 6).conv2d(wave(6, 4, 3, 3, phase: 1), bias: wave(6, phase: 2)) },
    GoldenCase("conv2d strided") {
      wave(2, 4, 7, 6).conv2d(wave(6, 4, 3, 3, phase: 1), bias: wave(6, phase: 2), stride: [2, 1], padding: [1, 2])
    },
    GoldenCase("conv2d dilated") { wave(2, 4, 7, 6).conv2d(wave(6, 4, 3, 3, phase: 1), padding: 2, dilation: 2) },
    GoldenCase("conv2d grouped") {
      wave(2, 4, 7, 6).conv2d(wave(6, 2, 3, 3, phase: 1), bias: wave(6, phase: 2), groups: 2)
    },
    GoldenCase("conv3d") {
      wave(1, 2, 5, 4, 6).conv3d(wave(3, 2, 2, 2, 3, phase: 1), stride: [1, 2, 1], padding: 1)
    },
    GoldenCase("convTransposed1d") { wave(2, 4, 9).convTransposed1d(wave(4, 3, 3, phase: 1), stride: 2) },
    GoldenCase("convTransposed2d") {
      wave(2, 4, 7, 6).convTransposed2d(
        wave(4, 3, 3, 3, phase: 1), bias: wave(6, phase: 2), stride: 2, padding: 1, outputPadding: 1, groups: 2)
    },
    GoldenCase("convTransposed2d dilated") {
      wave(2, 4, 7, 6).convTransposed2d(wave(4, 2, 3, 3, phase: 1), dilation: 2)
    },
    GoldenCase("convTransposed3d") { wave(1, 2, 5, 4, 6).convTransposed3d(wave(2, 2, 2, 2, 2, phase: 1), stride: 2) },
    GoldenCase("pad constant") { wave(2, 4, 7, 6).pad([1, 2, 3, 0], value: 0.5) },
    GoldenCase("pad reflect") { wave(2, 4, 7, 6).pad([1, 2, 3, 0], mode: .reflect) },
    GoldenCase("pad replicate") { wave(2, 4, 7, 6).pad([1, 2, 3, 0], mode: .replicate) },
    GoldenCase("pad circular") { wave(2, 4, 7, 6).pad([1, 2, 3, 0], mode: .circular) },
    GoldenCase("pad cropping") { wave(2, 4, 7, 6).pad([-1, 0, 0, -2]) },
  ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  struct Setting: Sendable {
    var stride = 1, padding = 0, dilation = 1, groups = 1
  }

  @Test(arguments: [
    Setting(), Setting(stride: 2, padding: 1), Setting(padding: 2, dilation: 2), Setting(stride: 2, groups: 2),
  ])
  func gradientsOfConvolution(_ setting: Setting) {
    expectGradients(
      of: {
        $0[0].conv2d(
          $0[1], bias: $0[2], stride: setting.stride, padding: setting.padding, dilation: setting.dilation,
          groups: setting.groups)
      }, at: [wave(1, 2, 5, 5), wave(2, 2 / setting.groups, 3, 3, phase: 1), wave(2, phase: 2)])
  }

  @Test func gradientsOfTransposedConvolution() {
    expectGradients(
      of: { $0[0].convTransposed2d($0[1], bias: $0[2], stride: 2, padding: 1, outputPadding: 1) },
      at: [wave(1, 2, 3, 3), wave(2, 2, 3, 3, phase: 1), wave(2, phase: 2)])
  }

  @Test(arguments: PaddingMode.allCases) func gradientsOfPadding(_ mode: PaddingMode) {
    expectGradients(of: { $0[0].pad([1, 2, 2, 0], mode: mode) }, at: [wave(1, 2, 3, 4)])
  }

  @Test func transposedConvolutionIsTheAdjoint() {
    let (x, y, weight) = (wave(1, 2, 7, 7), wave(1, 3, 3, 3, phase: 2), wave(3, 2, 3, 3, phase: 1))
    let forward = (x.conv2d(weight, stride: 2) * y).sum().item()
    let backward = (x * y.convTransposed2d(weight, stride: 2)).sum().item()
    #expect(abs(forward - backward) < 1e-12)
  }

  @Test func channelsLastGivesTheSame() {
    let (x, weight) = (wave(2, 4, 7, 6), wave(6, 4, 3, 3, phase: 1))
    let last = x.toMemoryFormat(.channelsLast).conv2d(weight.toMemoryFormat(.channelsLast))
    #expect(last.isContiguous(.channelsLast))
    #expect((last - x.conv2d(weight)).abs().max().item() < 1e-12)
  }

  @Test func checkedErrorsNameOperationShapesAndReason() {
    let error = #expect(throws: TorchError.self) { try wave(2, 3, 5, 5).checked.conv2d(wave(8, 4, 3, 3)) }
    #expect(error?.description.hasPrefix("conv2d([2, 3, 5, 5], [8, 4, 3, 3]): ") == true)
    #expect(error?.description.contains("4 channels") == true)
    let strides = #expect(throws: TorchError.self) {
      try wave(2, 3, 5, 5).checked.conv2d(wave(8, 3, 3, 3), stride: [1, 2, 3])
    }
    #expect(strides?.description == "conv2d([2, 3, 5, 5]): stride is [1, 2, 3]; one number or 2 are expected")
    let dilation = #expect(throws: TorchError.self) {
      try wave(2, 3, 5, 5).checked.conv2d(wave(8, 3, 3, 3), dilation: 0)
    }
    #expect(dilation?.description == "conv2d([2, 3, 5, 5]): dilation is 0; at least 1 is expected")
    #expect(throws: TorchError.self) { try wave(2, 3, 5, 5).checked.conv2d(wave(8, 3, 3, 3), groups: 0) }
    #expect(throws: TorchError.self) { try wave(2, 3, 5, 5).checked.conv2d(wave(8, 3, 9, 9)) }
    #expect(throws: TorchError.self) { try wave(2, 3, 5).checked.pad([5, 0], mode: .reflect) }
    #expect(throws: TorchError.self) {
      try wave(1, 2, 3, 3).checked.convTransposed2d(wave(2, 2, 3, 3), outputPadding: 1)
    }
  }

  @Test func trapsNameOperationShapesAndReason() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3, 5, 5]).conv2d(Tensor.zeros([8, 4, 3, 3]))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("conv2d([2, 3, 5, 5], [8, 4, 3, 3]): "))
  }
}
