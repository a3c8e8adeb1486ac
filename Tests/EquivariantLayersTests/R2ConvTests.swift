import EquivarianceTesting
import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

struct R2ConvTests {
  private let c8 = GSpace.rotations(8)

  private func regular(_ count: Int) -> FieldType { FieldType(c8, count * c8.regular) }

  private func convolution(
    _ input: FieldType, _ output: FieldType, kernelSize: Int = 3, padding: Int = 1, dtype: DType = .float64,
    initialization: WeightInitialization = .generalizedHe, seed: UInt64 = 0
  ) -> R2Conv {
    var rng = Generator(seed: seed)
    return R2Conv(
      from: input, to: output, kernelSize: kernelSize, padding: padding, initialization: initialization, dtype: dtype,
      rng: &rng)
  }

  @Test func weightCounts() {
    let image = FieldType(c8, c8.trivial)
    #expect(R2Conv.basisDimension(from: image, to: regular(24), kernelSize: 7) == 432)
    #expect(R2Conv.basisDimension(from: regular(24), to: regular(48), kernelSize: 5) == 101_376)
    #expect(R2Conv.basisDimension(from: regular(48), to: regular(48), kernelSize: 5) == 202_752)
    #expect(R2Conv.basisDimension(from: regular(48), to: regular(96), kernelSize: 5) == 405_504)
    #expect(R2Conv.basisDimension(from: regular(96), to: regular(96), kernelSize: 5) == 811_008)
    #expect(R2Conv.basisDimension(from: regular(96), to: regular(64), kernelSize: 5) == 540_672)
    #expect(R2Conv.basisDimension(from: image, to: FieldType(c8, c8.irrep(1)), kernelSize: 1) == 0)
  }

  /// The matrix product gives what the definition, a sum over weights, gives.
  @Test func expansionAgreesWithTheDefinition() {
    let input = FieldType(c8, [c8.regular, c8.trivial, c8.irrep(1), c8.regular])
    let output = FieldType(c8, [c8.irrep(2), c8.regular, c8.trivial, c8.irrep(2)])
    for (from, to) in [(input, output), (regular(2), regular(3)), (FieldType(c8, c8.trivial), regular(2))] {
      let layer = convolution(from, to)
      let expected = Tensor(
        layer.kernelBasis.filter(weights: layer.weights.value.scalars(as: Double.self)),
        shape: [to.size, from.size, 3, 3],
        dtype: .float64)
      let filter = layer.expandFilter()
      #expect(maximumDifference(filter, expected) < 1e-12)
      #expect(filter.isContiguous(.channelsLast))
    }
  }

  /// Without gradients a filter is expanded some outputs at a time, the last time fewer.
  @Test func expansionWithoutGradientsIsTheSame() {
    let output = FieldType(c8, regular(50).representations + [c8.trivial, c8.irrep(1)])
    let layer = convolution(regular(48), output, kernelSize: 5)
    let filter = withoutGradient { layer.expandFilter() }
    #expect(maximumDifference(filter, layer.expandFilter()) < 1e-14)
    #expect(filter.isContiguous(.channelsLast) && filter.abs().max().item() > 0.01)
  }

  /// A layer whose output does not depend on its neighbors' kinds still convolves groups apart.
  @Test func groupsAreApart() {
    var rng = Generator(seed: 0)
    let type = FieldType(c8, [c8.trivial, c8.regular, c8.trivial, c8.regular])
    let layer = R2Conv(from: type, to: type, kernelSize: 3, padding: 1, groups: 2, dtype: .float64, rng: &rng)
    #expect(layer.expandFilter().shape == [18, 9, 3, 3])
    let x = Tensor.randn([1, 18, 5, 5], using: &rng, dtype: .float64)
    let changed = Tensor.concatenated(
      [x.narrow(1, start: 0, length: 9), Tensor.zeros([1, 9, 5, 5], dtype: .float64)], along: 1)
    let (y, z) = (layer(type(x)).tensor, layer(type(changed)).tensor)
    #expect(maximumDifference(y.narrow(1, start: 0, length: 9), z.narrow(1, start: 0, length: 9)) < 1e-12)
    #expect(maximumDifference(y.narrow(1, start: 9, length: 9), z.narrow(1, start: 9, length: 9)) > 1e-3)
    #expect(EquivarianceTester(size: 5).report(layer, elements: c8.latticeElements).isLatticeExact())
  }

  @Test(arguments: [GSpace.rotations(4), .dihedral(4), .so2])
  func heInitializationKeepsTheVariance(_ space: GSpace) {
    let fibers = space.group.irreps(maximumFrequency: 2).map { Representation($0) }
    let type = FieldType(space, 3 * space.trivial + fibers + fibers)
    var rng = Generator(seed: 7)
    var sum = 0.0
    let trials = 150
    for _ in 0..<trials {
      let layer = R2Conv(from: type, to: type, kernelSize: 5, hasBias: false, dtype: .float64, rng: &rng)
      let x = Tensor.randn([2, type.size, 9, 9], using: &rng, dtype: .float64)
      let y = layer(type(x)).tensor
      sum += (y * y).mean().item()
    }
    let deviation = (sum / Double(trials)).squareRoot()
    #expect(abs(deviation - 1) < 0.1, "\(space): \(deviation)")
  }

  @Test(arguments: [GSpace.rotations(4), .rotations(8), .dihedral(4), .o2, .flips()])
  func deltaOrthogonalInitializationIsOrthogonal(_ space: GSpace) {
    let type = space.mixedType + space.mixedType
    var rng = Generator(seed: 1)
    for (input, output) in [(type, type), (space.mixedType, type), (type, space.mixedType)] {
      let layer = R2Conv(
        from: input, to: output, kernelSize: 5, initialization: .deltaOrthogonal, dtype: .float64, rng: &rng)
      let filter = layer.expandFilter().detach()
      let center = filter.select(3, index: 2).select(2, index: 2)
      let product =
        input.size >= output.size
        ? center.matmul(center.transpose(0, 1)) : center.transpose(0, 1).matmul(center)
      #expect(maximumDifference(product, Tensor.eye(min(input.size, output.size), dtype: .float64)) < 1e-10)
      #expect(abs((filter * filter).sum().item() - (center * center).sum().item()) < 1e-10)
    }
  }

  @Test func seedsDecideTheWeights() {
    let a = convolution(regular(1), regular(1), seed: 3).weights.value
    #expect(maximumDifference(a, convolution(regular(1), regular(1), seed: 3).weights.value) == 0)
    #expect(maximumDifference(a, convolution(regular(1), regular(1), seed: 4).weights.value) > 0.01)
  }

  @Test func stateKeysAreTheSameInAllModes() {
    let layer = convolution(regular(1), regular(1), dtype: .float32)
    let fresh = layer.stateDict().keys.map { "\($0)" }
    layer.eval()
    _ = withoutGradient { layer(regular(1)(Tensor.zeros([1, 8, 5, 5]))) }
    let evaluating = layer.stateDict().keys.map { "\($0)" }
    layer.train()
    #expect(fresh == ["weights", "bias"])
    #expect(evaluating == fresh)
    #expect(layer.stateDict().keys.map { "\($0)" } == fresh)
  }

  /// Weights that change in evaluation mode take effect, and the kept filter is used in between.
  @Test func keptFilterFollowsTheWeights() {
    let layer = convolution(regular(1), regular(2))
    var rng = Generator(seed: 9)
    let x = regular(1)(Tensor.randn([1, 8, 5, 5], using: &rng, dtype: .float64))
    let expected = layer(x).tensor.detach()
    layer.eval()
    let first = withoutGradient { layer(x).tensor }
    let again = withoutGradient { layer(x).tensor }
    #expect(maximumDifference(first, expected) < 1e-12 && maximumDifference(again, expected) < 1e-12)
    layer.weights.update { $0 * 2 }
    #expect(maximumDifference(withoutGradient { layer(x).tensor }, expected * 2) < 1e-12)
    layer.bias?.update { $0 + 1 }
    #expect(maximumDifference(withoutGradient { layer(x).tensor }, expected * 2) > 0.1)
    layer.to(.float32)
    let single = withoutGradient { layer(x.to(.float32)).tensor }
    #expect(single.dtype == .float32)
  }

  /// In evaluation mode gradients still reach the weights when they are asked for.
  @Test func evaluationModeHasGradients() {
    let layer = convolution(regular(1), regular(1))
    layer.eval()
    layer(regular(1)(Tensor.ones([1, 8, 5, 5], dtype: .float64))).tensor.sum().backward()
    #expect((layer.weights.grad?.abs().max().item() ?? 0) > 0)
  }

  /// Central differences agree with the gradients of weights, bias, and input.
  @Test func gradients() {
    let input = FieldType(c8, [c8.trivial, c8.regular])
    let output = FieldType(c8, [c8.regular, c8.irrep(1)])
    let layer = convolution(input, output)
    var rng = Generator(seed: 11)
    let x = Tensor.randn([1, input.size, 4, 4], using: &rng, dtype: .float64)
    let probe = Tensor.randn([1, output.size, 4, 4], using: &rng, dtype: .float64)
    func loss() -> Tensor { (layer(input(x)).tensor.pow(2) * probe).sum() }
    loss().backward()
    for parameter in layer.parameters.map(\.parameter) {
      guard let gradient = parameter.grad?.scalars(as: Double.self) else {
        Issue.record("no gradient")
        continue
      }
      let values = parameter.value.scalars(as: Double.self)
      for index in stride(from: 0, to: values.count, by: max(1, values.count / 12)) {
        func shifted(_ step: Double) -> Double {
          var changed = values
          changed[index] += step
          parameter.assign(Tensor(changed, shape: [values.count], dtype: .float64))
          return withoutGradient { loss().item() }
        }
        let numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5
        #expect(abs(numeric - gradient[index]) < 1e-5 * max(1, abs(numeric)))
      }
      parameter.assign(Tensor(values, shape: [values.count], dtype: .float64))
    }
  }

  @Test func autocastIsCloseAndNarrow() {
    let layer = convolution(regular(2), regular(2), kernelSize: 5, padding: 2, dtype: .float32)
    var rng = Generator(seed: 13)
    let x = regular(2)(Tensor.randn([2, 16, 9, 9], using: &rng)).channelsLast()
    let exact = layer(x).tensor.detach()
    for training in [true, false] {
      if training { layer.train() } else { layer.eval() }
      let narrow = withoutGradient { withAutocast(dtype: .bfloat16) { layer(x).tensor } }
      #expect(narrow.dtype == .bfloat16)
      #expect(narrow.isContiguous(.channelsLast))
      #expect(maximumDifference(narrow, exact) < 0.03 * exact.abs().max().item())
    }
    layer.train()
    let loss = withAutocast(dtype: .bfloat16) { layer(x).tensor }.to(.float32).pow(2).sum()
    loss.backward()
    #expect(layer.weights.grad?.dtype == .float32)
  }

  @Test func networksStayChannelsLast() {
    let image = FieldType(c8, c8.trivial)
    var rng = Generator(seed: 17)
    let network = SequentialModule(
      R2Conv(from: image, to: regular(2), kernelSize: 3, padding: 1, rng: &rng), InnerBatchNorm(regular(2)),
      ReLU(regular(2)), PointwiseAvgPoolAntialiased(regular(2), sigma: 0.66, stride: 2),
      R2Conv(from: regular(2), to: regular(2), kernelSize: 3, padding: 1, rng: &rng), InnerBatchNorm(regular(2)),
      PointwiseMaxPoolAntialiased(regular(2), kernelSize: 2, stride: 1), GroupPooling(regular(2)))
    for training in [true, false] {
      if training { network.train() } else { network.eval() }
      var x = image(Tensor.randn([2, 1, 9, 9], using: &rng)).channelsLast()
      for part in network.parts {
        x = part(x)
        #expect(x.tensor.isContiguous(.channelsLast), "\(part)")
      }
    }
  }

  /// In a process of its own, because other tests make tensors at the same time.
  @Test func memoryReturns() async {
    await #expect(processExitsWith: .success) {
      func run() {
        let c8 = GSpace.rotations(8)
        var rng = Generator(seed: 0)
        let (one, two) = (FieldType(c8, c8.regular), FieldType(c8, 2 * c8.regular))
        let network = SequentialModule(
          R2Conv(from: one, to: two, kernelSize: 3, padding: 1, rng: &rng), InnerBatchNorm(two), ReLU(two),
          PointwiseAvgPoolAntialiased(two, sigma: 0.66, stride: 2), GroupPooling(two))
        for _ in 0..<3 { network(one(Tensor.ones([1, 8, 5, 5]))).tensor.sum().backward() }
        network.eval()
        _ = withoutGradient { network(one(Tensor.ones([1, 8, 5, 5]))) }
        // The kept filter serves the second call.
        let count = Torch.liveTensorCount
        _ = withoutGradient { network(one(Tensor.ones([1, 8, 5, 5]))) }
        Torch.require(Torch.liveTensorCount == count, "evaluation keeps tensors")
      }
      let before = Torch.liveTensorCount
      run()
      Torch.require(Torch.liveTensorCount == before, "\(Torch.liveTensorCount - before) tensors remain")
    }
  }

  @Test func shapesArePredicted() {
    var rng = Generator(seed: 0)
    for (k, p, s, d) in [(3, 1, 1, 1), (3, 0, 2, 1), (5, 2, 2, 1), (3, 2, 1, 2), (5, 1, 3, 1)] {
      let layer = R2Conv(
        from: FieldType(c8, c8.trivial), to: regular(1), kernelSize: k, stride: s, padding: p, dilation: d, rng: &rng)
      for (h, w) in [(9, 9), (10, 7)] {
        let shape = layer(layer.inputType(Tensor.zeros([2, 1, h, w]))).shape
        #expect(layer.evaluateOutputShape([2, 1, h, w]) == shape)
      }
    }
  }
}
