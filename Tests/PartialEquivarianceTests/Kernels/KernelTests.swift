import Foundation
import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

@Suite struct KernelTests {
  static func deviation(_ tensor: Tensor) -> Double { tensor.square().mean().item().squareRoot() }

  static func lifting(_ kernel: ContinuousKernel, size: Int = 7, channels: Int = 32) -> LiftingConvolution {
    var rng = Generator(seed: 5)
    return LiftingConvolution(
      from: channels, to: channels, sampling: GroupSampling(.so2, count: 8), kernel: kernel, kernelSize: size,
      rng: &rng)
  }

  /// The places of a kernel inside the disk.
  static func inside(_ weight: Tensor) -> Tensor { weight.masked(by: weight.notEqual(to: 0.0)) }

  /// Measured on the original: 0.089 for lifting and 0.098 for group kernels with 32 features and ω₀ = 10.
  @Test func sirensBeginAsMeasuredInTheOriginal() {
    let kernel = ContinuousKernel(.siren, hidden: 32, omega0: 10, scale: .original)
    let lift = Self.lifting(kernel)
    let grid = GroupSamples.grid(8, of: .so2)
    let lifting = withoutGradient { Self.deviation(Self.inside(lift.weight(outputs: grid, inputs: nil))) }
    #expect(abs(lifting - 0.089) < 0.012, "\(lifting)")
    var rng = Generator(seed: 6)
    let conv = GroupConvolution(
      from: 32, to: 32, sampling: GroupSampling(.so2, count: 8), kernel: kernel, kernelSize: 7, rng: &rng)
    let group = withoutGradient { Self.deviation(Self.inside(conv.weight(outputs: grid, inputs: grid))) }
    #expect(abs(group - 0.098) < 0.012, "\(group)")
  }

  @Test(arguments: [3, 5, 7]) func aFreshLiftingSirenIsZeroAtItsCenter(_ size: Int) {
    let lift = Self.lifting(ContinuousKernel(.siren, scale: .original), size: size)
    let weight = withoutGradient { lift.weight(outputs: GroupSamples.grid(4, of: .so2), inputs: nil) }
    #expect(magnitude(weight.select(2, index: size / 2).select(2, index: size / 2)) < 1e-6)
  }

  @Test(arguments: [(3, 5), (5, 13), (7, 29)]) func kernelsLiveInADisk(_ size: Int, _ taps: Int) {
    let lift = Self.lifting(ContinuousKernel(.gabor), size: size, channels: 2)
    let weight = withoutGradient { lift.weight(outputs: GroupSamples.grid(4, of: .so2), inputs: nil) }
    #expect(weight[0, 0].notEqual(to: 0.0).to(.float32).sum().item() == Double(taps))
  }

  /// The output of a layer has the scale of its input, whatever the network, where kernels begin with that variance.
  @Test(arguments: ContinuousKernel.Kind.allCases) func varianceIsPreserved(_ kind: ContinuousKernel.Kind) {
    var rng = Generator(seed: 7)
    let sampling = GroupSampling(.so2, count: 4)
    let conv = GroupConvolution(
      from: 16, to: 16, sampling: sampling, kernel: ContinuousKernel(kind), kernelSize: 5, padding: .valid, rng: &rng)
    let x = GroupFeatures(Tensor.randn([4, 64, 12, 12], using: &rng), GroupSamples.grid(4, of: .so2))
    let ratio = withoutGradient { Self.deviation(conv(x).tensor) }
    #expect(abs(ratio - 1) < 0.15, "\(kind): \(ratio)")
    let original = GroupConvolution(
      from: 16, to: 16, sampling: sampling, kernel: ContinuousKernel(kind, scale: .original), kernelSize: 5,
      padding: .valid, rng: &rng)
    let unscaled = withoutGradient { Self.deviation(original(x).tensor) }
    #expect(abs(unscaled - 1) > 0.3, "\(kind): \(unscaled) would make the test above say nothing")
  }

  @Test func kernelsThatAliasAreWarnedAbout() {
    #expect(Self.lifting(ContinuousKernel(.magnet), channels: 2).aliasingWarning != nil)
    #expect(Self.lifting(ContinuousKernel(.siren, omega0: 60), channels: 2).aliasingWarning != nil)
    for kind in ContinuousKernel.Kind.allCases {
      #expect(Self.lifting(ContinuousKernel(kind, omega0: 60, isBandLimited: true), channels: 2).aliasingWarning == nil)
    }
  }

  /// On a circle a small turn changes the weights a little, also across the identity; on an interval they jump there.
  @Test(arguments: [Group.so2, .o2]) func anglesOnACircleHaveNoSeam(_ group: Group) {
    func change(_ angle: ContinuousKernel.Angle, from low: Double, to high: Double) -> Double {
      var rng = Generator(seed: 5)
      let layer = GroupConvolution(
        from: 4, to: 4, sampling: GroupSampling(group, count: 8), kernel: ContinuousKernel(hidden: 16, angle: angle),
        kernelSize: 5, rng: &rng)
      let identity = GroupSamples([group.element(angle: 0)], of: group)
      let weights = [low, high].map { turn in
        withoutGradient {
          layer.weight(outputs: identity, inputs: GroupSamples([group.element(angle: turn)], of: group))
        }
      }
      return difference(weights[0], weights[1]) / magnitude(weights[0])
    }
    let step = 0.002
    #expect(change(.circle, from: 2 * .pi - step, to: step) < 0.05)
    #expect(change(.circle, from: 1, to: 1 + 2 * step) < 0.05)
    #expect(change(.circle, from: 0, to: .pi) > 0.3, "a kernel that ignores the angle has no seam either")
    #expect(change(.interval, from: 1, to: 1 + 2 * step) < 0.05)
    #expect(change(.interval, from: 2 * .pi - step, to: step) > 0.3)
  }

  /// What a kernel is told about an element, which pictures of kernels use, is what the convolution tells it.
  @Test(arguments: [Group.so2, .o2], ContinuousKernel.Angle.allCases)
  func elementsHaveCoordinates(_ group: Group, _ angle: ContinuousKernel.Angle) {
    var rng = Generator(seed: 6)
    let layer = GroupConvolution(
      from: 1, to: 1, sampling: GroupSampling(group, count: 8), kernel: ContinuousKernel(hidden: 8, angle: angle),
      kernelSize: 1, rng: &rng)
    for element in [group.element(angle: 1), group.element(angle: 5, reflected: group.hasReflections)] {
      let coordinates = [0, 0] + layer.coordinates(of: element)
      #expect(coordinates.count == layer.kernel.dimensions)
      withoutGradient {
        let point = Tensor(coordinates, shape: [coordinates.count, 1]).to(.float32)
        let weight = layer.weight(
          outputs: GroupSamples([group.element(angle: 0)], of: group), inputs: GroupSamples([element], of: group))
        #expect(abs(layer.kernel(point).item() - weight.item()) < 1e-6)
      }
    }
  }

  /// A band-limited kernel keeps its power below the frequency that its pixels can carry; the given scale does not.
  @Test func bandLimitedKernelsDoNotAlias() {
    func highShare(_ kernel: KernelNetwork) -> Double {
      let fine = 64
      // Four times finer than the pixels of a kernel of 7: frequencies above a quarter of the fine grid's alias.
      let axis = Tensor.arange(0, fine, dtype: .float32) * (1.0 / 12)
      let points = Tensor.stacked([axis, axis * 0 + 0.2], along: 0)
      let values = withoutGradient { kernel(points) }
      let window = (Tensor.arange(0, fine, dtype: .float32) * (2 * Double.pi / Double(fine))).cos() * -0.5 + 0.5
      let centered = values - values.mean(along: 1, keepingDimensions: true)
      let power = (centered * window).rfft().abs().square().sum(along: 0)
      return power.slice(0, from: fine / 8 + 2).sum().item() / power.sum().item()
    }
    var rng = Generator(seed: 8)
    let fourier = FourierNet(dimensions: 2, outputs: 16, hidden: 32, rng: &rng)
    #expect(highShare(fourier) > 0.5)
    fourier.limitBandwidth(to: 3 * .pi, axes: 2)
    #expect(highShare(fourier) < 0.1, "\(highShare(fourier))")
  }

  // MARK: - Formulas, number by number

  @Test func sirenIsItsFormula() {
    var rng = Generator(seed: 9)
    let net = SIREN(dimensions: 2, outputs: 3, hidden: 4, layers: 3, omega0: 7, learnsOmega0: true, rng: &rng)
    net.frequencies[1].update { $0 * 0 + 5 }
    for layer in net.layers { layer.bias.update { $0 + 0.3 } }
    let x = [0.3, -0.8]
    func apply(_ layer: PointwiseLinear, _ x: [Double]) -> [Double] {
      (0..<layer.bias.shape[0]).map { row in
        layer.bias.value[row].item() + x.indices.reduce(0) { $0 + layer.matrix[row, $1].item() * x[$1] }
      }
    }
    let first = apply(net.layers[0], x).map { sin(7 * $0) }
    let second = apply(net.layers[1], first).map { sin(5 * $0) }
    let expected = apply(net.output, second)
    let found = net(Tensor(x, shape: [2, 1], dtype: .float32)).scalars(as: Double.self)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func filtersAreTheirFormula() throws {
    var rng = Generator(seed: 10)
    for net in [
      GaborNet(dimensions: 3, outputs: 2, hidden: 4, layers: 1, inputScale: 2, rng: &rng),
      MAGNet(dimensions: 3, outputs: 2, hidden: 4, layers: 1, inputScale: 2, rng: &rng),
    ] as [MultiplicativeFilterNetwork] {
      let x = [0.3, -0.8, 0.5]
      func filter(_ bank: KernelFilterBank, _ unit: Int) -> Double {
        var wave = bank.bias.value[unit].item()
        var exponent = 0.0
        for axis in 0..<3 {
          wave += bank.weight.value[unit, axis].item() * x[axis]
          if let mu = bank.mu, let gamma = bank.gamma {
            let width = gamma.value[unit, gamma.shape[1] == 1 ? 0 : axis].item()
            exponent += pow(width * (x[axis] - mu.value[unit, axis].item()), 2)
          }
        }
        return exp(-exponent / 2) * sin(wave)
      }
      let z = (0..<4).map { filter(net.filters[0], $0) }
      let second = (0..<4).map { row -> Double in
        let linear =
          net.layers[0].bias.value[row].item()
          + (0..<4).reduce(0) { $0 + net.layers[0].matrix[row, $1].item() * z[$1] }
        return filter(net.filters[1], row) * linear
      }
      let expected = (0..<2).map { row in
        net.output.bias.value[row].item()
          + (0..<4).reduce(0) { $0 + net.output.matrix[row, $1].item() * second[$1] }
      }
      let found = net(Tensor(x, shape: [3, 1], dtype: .float32)).scalars(as: Double.self)
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5) }
    }
  }

  /// Inverse widths of filter i are gamma distributed with shape 6 / (i + 1): mean and variance are both the shape.
  @Test func widthsAreGammaDistributed() throws {
    var rng = Generator(seed: 12)
    let net = MAGNet(dimensions: 2, outputs: 1, hidden: 4000, layers: 7, rng: &rng)
    for (index, bank) in net.filters.enumerated() {
      let shape = 6 / Double(index + 1)
      let gamma = try #require(bank.gamma).value
      #expect(abs(gamma.mean().item() - shape) < 0.05 * shape + 0.02)
      #expect(abs(gamma.variance(along: [0, 1]).item() - shape) < 0.12 * shape + 0.02)
    }
    let fourier = FourierNet(dimensions: 2, outputs: 1, hidden: 4000, layers: 3, inputScale: 256, rng: &rng)
    // U(±1/√2) · 256/√4.
    #expect(abs(fourier.filters[0].weight.value.abs().max().item() - 128 / 2.0.squareRoot()) < 0.5)
  }

  @Test func weightNormBeginsAsTheSameMap() {
    var rng = Generator(seed: 13)
    let weight = images([3, 4])
    let plain = PointwiseLinear(weight: weight, bias: images([3]))
    let normed = PointwiseLinear(weight: weight, bias: images([3]), hasWeightNorm: true)
    let x = Tensor.randn([4, 5], using: &rng)
    #expect(difference(plain(x), normed(x)) < 1e-6)
    normed.direction?.update { $0 * 3.0 }
    #expect(difference(plain(x), normed(x)) < 1e-6, "lengths of rows are the gain's alone")
  }
}
