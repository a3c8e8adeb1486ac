import Tensors
import Testing

@Suite struct ResamplingTests {
  static let interpolations = [
    GoldenCase("interpolate nearest") { wave(2, 4, 7, 6).interpolate(size: [5, 9]) },
    GoldenCase("interpolate nearestExact") { wave(2, 4, 7, 6).interpolate(size: [5, 9], mode: .nearestExact) },
    GoldenCase("interpolate linear") { wave(2, 4, 9).interpolate(size: 13, mode: .linear) },
    GoldenCase("interpolate bilinear") { wave(2, 4, 7, 6).interpolate(size: [5, 9], mode: .bilinear) },
    GoldenCase("interpolate bilinear corners") {
      wave(2, 4, 7, 6).interpolate(size: [5, 9], mode: .bilinear, alignsCorners: true)
    },
    GoldenCase("interpolate bilinear antialias") {
      wave(2, 4, 7, 6).interpolate(size: [4, 3], mode: .bilinear, antialias: true)
    },
    GoldenCase("interpolate bilinear scale") { wave(2, 4, 7, 6).interpolate(scale: 1.7, mode: .bilinear) },
    GoldenCase("interpolate bicubic") { wave(2, 4, 7, 6).interpolate(size: [5, 9], mode: .bicubic) },
    GoldenCase("interpolate bicubic corners") {
      wave(2, 4, 7, 6).interpolate(size: [5, 9], mode: .bicubic, alignsCorners: true)
    },
    GoldenCase("interpolate bicubic scales") { wave(2, 4, 7, 6).interpolate(scales: [0.6, 2], mode: .bicubic) },
    GoldenCase("interpolate trilinear") { wave(1, 2, 5, 4, 6).interpolate(size: [4, 5, 3], mode: .trilinear) },
  ]

  static let samples: [GoldenCase] = GridSampleMode.allCases.flatMap { mode in
    GridPadding.allCases.flatMap { padding in
      [false, true].map { corners in
        GoldenCase("gridSample \(mode) \(padding) \(corners ? "True" : "False")") {
          wave(2, 4, 7, 6).gridSample(
            wave(2, 3, 5, 2, phase: 0.4) * 1.2, mode: mode, padding: padding, alignsCorners: corners)
        }
      }
    }
  }

  static let grids = [
    GoldenCase("gridSample volume") { wave(1, 2, 5, 4, 6).gridSample(wave(1, 2, 3, 2, 3, phase: 0.4)) },
    GoldenCase("affineGrid") { wave(2, 2, 3, phase: 0.2).affineGrid(shape: [2, 4, 3, 4]) },
    GoldenCase("affineGrid corners") {
      wave(2, 2, 3, phase: 0.2).affineGrid(shape: [2, 4, 3, 4], alignsCorners: true)
    },
    GoldenCase("affineGrid volume") { wave(1, 3, 4, phase: 0.2).affineGrid(shape: [1, 2, 2, 3, 2]) },
  ]

  @Test(arguments: interpolations + samples + grids)
  func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  @Test func gradientsAreExact() {
    // Points away from the pixel centers, where bilinear sampling has a kink.
    let grid = wave(1, 2, 3, 2, phase: 0.37) * 0.83
    let x = wave(1, 2, 4, 5)
    expectGradients(of: { $0[0].gridSample($0[1]) }, at: [x, grid])
    expectGradients(of: { $0[0].gridSample($0[1], mode: .bicubic, padding: .border) }, at: [x, grid])
    expectGradients(of: { $0[0].interpolate(size: [3, 7], mode: .bilinear) }, at: [x])
    expectGradients(of: { $0[0].interpolate(scale: 1.5, mode: .bicubic) }, at: [x])
    expectGradients(of: { $0[0].affineGrid(shape: [1, 1, 3, 2]) }, at: [wave(1, 2, 3)])
  }

  @Test func identityGridReadsEveryPixel() {
    let x = wave(1, 3, 5, 4)
    let theta = Tensor([1.0, 0, 0, 0, 1, 0], shape: [1, 2, 3])
    for corners in [false, true] {
      let y = x.gridSample(theta.affineGrid(shape: [1, 3, 5, 4], alignsCorners: corners), alignsCorners: corners)
      #expect((y - x).abs().max().item() < 1e-12)
    }
  }

  @Test func checkedErrors() {
    let x = wave(2, 3, 4, 4)
    let mode = #expect(throws: TorchError.self) { try x.checked.interpolate(size: 3, mode: .trilinear) }
    #expect(mode?.description == "interpolate([2, 3, 4, 4]): mode trilinear is for 3 spatial dimensions after [N, C]")
    #expect(throws: TorchError.self) { try x.checked.interpolate(size: [3, 0]) }
    #expect(throws: TorchError.self) { try x.checked.interpolate(scale: -1) }
    #expect(throws: TorchError.self) { try x.checked.interpolate(scales: [2]) }
    #expect(throws: TorchError.self) { try x.checked.interpolate(size: 3, mode: .nearest, antialias: true) }
    #expect(throws: TorchError.self) { try x.checked.gridSample(wave(1, 3, 3, 2)) }
    #expect(throws: TorchError.self) { try x.checked.gridSample(wave(2, 3, 3, 3)) }
    #expect(throws: TorchError.self) { try wave(2, 3, 3).checked.affineGrid(shape: [2, 3, 4, 4]) }
  }
}
