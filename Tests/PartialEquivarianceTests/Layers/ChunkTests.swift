import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

/// Weights that are generated in parts, in training too.
@Suite struct ChunkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let group: Group
    let perBatchElement: Bool
    let size: Int
    let padding: ConvolutionPadding
    /// The largest number of weights at one time, in output channels of one set.
    let channels: Double

    var testDescription: String {
      "\(group), \(perBatchElement ? "each image" : "all images"), \(size) pixels \(padding), \(channels) channels"
    }
  }

  static let cases: [Case] = [Group.so2, .o2].flatMap { group in
    [false, true].flatMap { each in
      [(3, ConvolutionPadding.same), (5, .valid), (7, .same), (9, .valid)].flatMap { size, padding in
        // One channel at a time, two, and with sets of elements all channels of two images.
        [0.1, 2.5, 8.5].map { Case(group: group, perBatchElement: each, size: size, padding: padding, channels: $0) }
      }
    }
  }

  private func layer(_ test: Case, kernel: ContinuousKernel = ContinuousKernel(.siren, hidden: 8)) -> GroupConvolution {
    var rng = Generator(seed: 61)
    let layer = GroupConvolution(
      from: 3, to: 4,
      sampling: GroupSampling(
        test.group, count: 4, method: .random, perLayer: true, perBatchElement: test.perBatchElement),
      kernel: kernel, kernelSize: test.size, padding: test.padding, rng: &rng)
    layer.bias?.update { $0 + 0.3 }
    layer.to(.float64)
    return layer
  }

  /// Output and gradients of a step: of the input, then of every parameter.
  private func step(_ layer: GroupConvolution, _ x: Tensor, onto samples: GroupSamples) -> [Tensor] {
    layer.zeroGradients()
    let input = x.detach().requiringGradient()
    let y = layer(GroupFeatures(input, GroupSamples.grid(4, of: layer.group)), onto: samples).tensor
    y.square().sum().backward()
    return [y.detach(), input.grad ?? Tensor(Double.nan)]
      + layer.parameters.map { $0.parameter.grad ?? Tensor(Double.nan) }
  }

  @Test(arguments: cases) func partsGiveTheWholeWithItsGradients(_ test: Case) {
    let layer = layer(test)
    let x = images([4, 12, 10, 10], dtype: .float64)
    let samples = withoutGradient { layer.sampler(batch: 4) }
    #expect(samples.sets == (test.perBatchElement ? 4 : 1))
    let expected = step(layer, x, onto: samples)
    layer.chunkLimit = Int(test.channels * Double(samples.count * 4 * 3 * test.size * test.size))
    for (found, wanted) in zip(step(layer, x, onto: samples), expected) {
      #expect(difference(found, wanted) <= 1e-12 * max(1, magnitude(wanted)))
    }
    // Without gradients too, and none of it is kept.
    let y = withoutGradient {
      layer(GroupFeatures(x, GroupSamples.grid(4, of: layer.group)), onto: samples).tensor
    }
    #expect(difference(y, expected[0]) <= 1e-12 * magnitude(expected[0]))
  }

  /// The sum of pieces is the convolution with the square that has zeros outside of the disk.
  @Test(arguments: [1, 3, 5, 7, 9, 11]) func piecesOfTheDiskAreTheWholeKernel(_ size: Int) {
    for padding in [ConvolutionPadding.same, .valid] {
      let layer = layer(Case(group: .so2, perBatchElement: false, size: size, padding: padding, channels: 0))
      let grid = GroupSamples.grid(4, of: .so2)
      let x = images([2, 12, 13, 12], dtype: .float64)
      withoutGradient {
        let weight = layer.weight(outputs: grid, inputs: grid)
        let shift = layer.bias?.value.repeatEach(4, along: 0)
        let expected = x.conv2d(weight, bias: shift, padding: padding == .same ? size / 2 : 0)
        let found = layer(GroupFeatures(x, grid), onto: grid).tensor
        #expect(found.shape == expected.shape && difference(found, expected) < 1e-12 * magnitude(expected))
      }
    }
  }

  /// A step holds the weights of one part at a time, and what belongs to them: their transposed copy and gradients.
  @Test func memoryIsBoundedInTraining() {
    var rng = Generator(seed: 62)
    let layer = GroupConvolution(
      from: 16, to: 32, sampling: GroupSampling(.so2, count: 8), kernel: ContinuousKernel(.siren, hidden: 4),
      kernelSize: 7, rng: &rng)
    let x = GroupFeatures(images([1, 128, 7, 7]), GroupSamples.grid(8, of: .so2))
    func peak() -> Int {
      layer.zeroGradients()
      return Torch.peakAllocation { layer(x).tensor.square().sum().backward() }.bytes
    }
    // 32 · 16 · 8 · 8 · 29 weights of 4 bytes.
    let kernel = 32 * 16 * 8 * 8 * 29 * 4
    _ = peak()
    let whole = peak()
    #expect(whole > 2 * kernel)
    layer.chunkLimit = 16 * 8 * 8 * 49 * 4
    let parts = peak()
    #expect(parts < whole / 3, "\(whole / 1024) kB as a whole, \(parts / 1024) kB in eight parts")
    #expect(parts < kernel, "less than one copy of all weights")
  }

  /// In bfloat16 the parts are computed as the whole is, in the backward pass as in the forward pass.
  @Test func partsAreInBFloat16Too() {
    let layer = layer(Case(group: .so2, perBatchElement: false, size: 7, padding: .same, channels: 0))
    layer.to(.float32)
    let grid = GroupSamples.grid(4, of: .so2)
    let x = images([2, 12, 9, 9]).requiringGradient()
    func step() -> [Tensor] {
      layer.zeroGradients()
      let y = withAutocast { layer(GroupFeatures(x, grid), onto: grid).tensor }
      #expect(y.dtype == .bfloat16)
      let gradient = gradients(of: y.to(.float32).square().sum(), with: [x] + layer.parameters.map(\.parameter.value))
      return [y.detach()] + gradient
    }
    let whole = step()
    layer.chunkLimit = 4 * 4 * 3 * 49
    for (found, wanted) in zip(step(), whole) {
      #expect(difference(found.to(.float32), wanted.to(.float32)) < 0.02 * magnitude(wanted.to(.float32)))
    }
  }

  @Test func normsOfKernelsAreThoseOfTheWholeInParts() throws {
    let layer = layer(Case(group: .so2, perBatchElement: false, size: 5, padding: .same, channels: 0))
    layer.measuresKernelNorm = true
    layer.chunkLimit = 1
    let grid = GroupSamples.grid(4, of: .so2)
    _ = layer(GroupFeatures(images([1, 12, 9, 9], dtype: .float64), grid), onto: grid)
    let norm = try #require(layer.kernelNorm)
    let expected = layer.weight(outputs: grid, inputs: grid).norm() + (layer.bias?.value.norm() ?? Tensor(0.0))
    #expect(abs(norm.item() - expected.item()) < 1e-10 * expected.item())
    let wanted = gradients(of: expected, with: layer.kernel.parameters.map(\.parameter.value))
    for (found, wanted) in zip(gradients(of: norm, with: layer.kernel.parameters.map(\.parameter.value)), wanted) {
      #expect(difference(found, wanted) < 1e-9 * max(1, magnitude(wanted)))
    }
  }
}
