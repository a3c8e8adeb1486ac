import EquivarianceTesting
import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

struct ModuleTests {
  private let c8 = GSpace.rotations(8)

  /// The network of e2cnn's model notebook, up to the invariant features.
  private func digits(_ widths: [Int], rng: inout Generator) -> SequentialModule {
    let types = widths.map { FieldType(c8, $0 * c8.regular) }
    let image = FieldType(c8, c8.trivial)
    func block(_ from: FieldType, _ to: FieldType, _ kernelSize: Int, _ padding: Int) -> [EquivariantModule] {
      [
        R2Conv(from: from, to: to, kernelSize: kernelSize, padding: padding, hasBias: false, rng: &rng),
        InnerBatchNorm(to),
        ReLU(to),
      ]
    }
    var parts: [EquivariantModule] = [MaskModule(image, size: 29, margin: 1)]
    parts += block(image, types[0], 7, 1)
    parts += block(types[0], types[1], 5, 2)
    parts += [PointwiseAvgPoolAntialiased(types[1], sigma: 0.66, stride: 2)]
    parts += block(types[1], types[2], 5, 2)
    parts += block(types[2], types[3], 5, 2)
    parts += [PointwiseAvgPoolAntialiased(types[3], sigma: 0.66, stride: 2)]
    parts += block(types[3], types[4], 5, 2)
    parts += block(types[4], types[5], 5, 1)
    parts += [PointwiseAvgPoolAntialiased(types[5], sigma: 0.66, stride: 1, padding: 0), GroupPooling(types[5])]
    return SequentialModule(parts)
  }

  @Test func digitNetworkHasTheReferenceWeights() {
    var rng = Generator(seed: 0)
    let network = digits([24, 48, 48, 96, 96, 64], rng: &rng)
    let head =
      Linear(from: 64, to: 64, rng: &rng).parameterCount + BatchNorm1D(64).parameterCount
      + Linear(from: 64, to: 10, rng: &rng).parameterCount
    #expect(network.parameterCount + head == 2_067_434)
    #expect(network.evaluateOutputShape([64, 1, 29, 29]) == [64, 64, 1, 1])
    #expect(network.isLatticeExact(for: [1, 1, 29, 29]))
  }

  @Test func digitNetworkIsExactAndExports() {
    var rng = Generator(seed: 0)
    let network = digits([2, 3, 3, 4, 4, 3], rng: &rng)
    // Some steps in training mode give the batch normalizations statistics of their own.
    for _ in 0..<2 {
      _ = withoutGradient { network(network.inputType(Tensor.randn([4, 1, 29, 29], using: &rng))) }
    }
    let tester = EquivarianceTester(size: 29, batch: 1)
    #expect(tester.report(network, elements: c8.latticeElements).isLatticeExact(tolerance: 1e-9))
    let comparison = EquivarianceTester(size: 29, dtype: .float32).compareExport(network)
    #expect(comparison.agrees(tolerance: 1e-5), "\(comparison)")
    #expect(comparison.outputShape == [2, 3, 1, 1])
  }

  @Test func everyLayerExports() {
    var rng = Generator(seed: 1)
    let d4 = GSpace.dihedral(4)
    let type = FieldType(d4, [d4.trivial, d4.regular, d4.trivial, d4.regular])
    let norm = InnerBatchNorm(type)
    norm.runningMean?.assign(Tensor.randn([4], using: &rng))
    norm.runningVariance?.assign(Tensor.rand([4], using: &rng) + 0.5)
    norm.weight?.assign(Tensor.randn([4], using: &rng))
    norm.bias?.assign(Tensor.randn([4], using: &rng))
    let layers: [EquivariantModule] = [
      R2Conv(from: type, to: type, kernelSize: 3, stride: 2, padding: 1, paddingMode: .reflect, rng: &rng),
      R2Conv(from: type, to: type, kernelSize: 3, padding: [1, 2], dilation: 2, rng: &rng),
      R2Conv(from: type, to: type, kernelSize: 3, padding: 1, groups: 2, rng: &rng),
      ReLU(type), ELU(type, alpha: 0.5), LeakyReLU(type, slope: 0.1), PointwiseNonLinearity(type, .sigmoid),
      PointwiseNonLinearity(type, .tanh), norm,
      PointwiseMaxPool(type, kernelSize: 3, stride: 2, padding: 1, roundsUp: true),
      PointwiseAvgPool(type, kernelSize: 3, stride: 2, padding: 1, roundsUp: true),
      PointwiseMaxPoolAntialiased(type, kernelSize: 3, stride: 2, padding: 1),
      PointwiseAvgPoolAntialiased(type, sigma: 0.66, stride: 2), PointwiseAdaptiveAvgPool(type, outputSize: 3),
      PointwiseAdaptiveMaxPool(type, outputSize: 3), GroupPooling(type), MaskModule(type, size: 9),
      PointwiseDropout(type, rng: &rng), FieldDropout(type, rng: &rng), IdentityModule(type),
      RestrictionModule(type, to: .rotations(4)), DisentangleModule(type),
    ]
    let tester = EquivarianceTester(size: 9, dtype: .float32)
    for layer in layers {
      if let convolution = layer as? R2Conv, let bias = convolution.bias {
        bias.assign(Tensor.randn(bias.shape, using: &rng))
      }
      let comparison = tester.compareExport(layer)
      #expect(comparison.agrees(tolerance: 1e-5), "\(comparison)")
      #expect(comparison.outputShape == Array(layer.evaluateOutputShape([2, type.size, 9, 9])), "\(comparison.name)")
    }
  }

  /// Statistics are those of each field, in both memory layouts and for mixed sizes.
  @Test func batchNormalizationIsPerField() {
    let c4 = GSpace.rotations(4)
    for type in [FieldType(c4, 2 * c4.regular), FieldType(c4, [c4.trivial, c4.regular, c4.trivial])] {
      for format in [MemoryFormat.contiguous, .channelsLast] {
        var rng = Generator(seed: 3)
        let x = (Tensor.randn([5, type.size, 4, 6], using: &rng, dtype: .float64) * 3 + 20).toMemoryFormat(format)
        let norm = InnerBatchNorm(type, momentum: 1, dtype: .float64)
        let y = norm(type(x)).tensor
        for (field, channels) in type.channels.enumerated() {
          let values = x.narrow(1, start: channels.lowerBound, length: channels.count).scalars(as: Double.self)
          let mean = values.reduce(0, +) / Double(values.count)
          let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
          let unbiased = variance * Double(values.count) / Double(values.count - 1)
          #expect(abs((norm.runningMean?.value.scalars(as: Double.self)[field] ?? 0) - mean) < 1e-9)
          #expect(abs((norm.runningVariance?.value.scalars(as: Double.self)[field] ?? 0) - unbiased) < 1e-9)
          let normalized = y.narrow(1, start: channels.lowerBound, length: channels.count)
          #expect(abs(normalized.mean().item()) < 1e-9)
          #expect(abs((normalized * normalized).mean().item() - variance / (variance + 1e-5)) < 1e-9)
        }
        norm.eval()
        let evaluated = norm(type(x)).tensor
        #expect(maximumDifference(evaluated, y) < 0.1)
        #expect(
          norm.stateDict().keys.map { "\($0)" }
            == ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"])
        let layer = norm.export()
        layer.eval()
        #expect(maximumDifference(layer(x), evaluated) < 1e-9)
      }
    }
  }

  /// Outputs and gradients are those of the definition, in both memory layouts and for mixed sizes.
  @Test func batchNormalizationGradients() {
    let c4 = GSpace.rotations(4)
    for type in [FieldType(c4, 2 * c4.regular), FieldType(c4, [c4.trivial, c4.regular, c4.trivial])] {
      for format in [MemoryFormat.contiguous, .channelsLast] {
        var rng = Generator(seed: 3)
        let x = Parameter(Tensor.randn([3, type.size, 3, 4], using: &rng, dtype: .float64) + 2)
        let probe = Tensor.randn([3, type.size, 3, 4], using: &rng, dtype: .float64)
        let weights = Tensor.randn([type.count], using: &rng, dtype: .float64)
        let norm = InnerBatchNorm(type, dtype: .float64)
        norm.weight?.assign(weights)
        (norm(type(x.value.toMemoryFormat(format))).tensor.pow(3) * probe).sum().backward()
        let found = [x.grad, norm.weight?.grad, norm.bias?.grad]
        x.zeroGradient()
        let (weight, bias) = (Parameter(weights), Parameter(Tensor.zeros([type.count], dtype: .float64)))
        let parts = type.channels.enumerated().map { field, channels -> Tensor in
          let values = x.value.narrow(1, start: channels.lowerBound, length: channels.count)
          let centered = values - values.mean()
          let scaled = centered / ((centered * centered).mean() + 1e-5).sqrt()
          return scaled * weight.value.select(0, index: field) + bias.value.select(0, index: field)
        }
        (Tensor.concatenated(parts, along: 1).pow(3) * probe).sum().backward()
        for (gradient, expected) in zip(found, [x.grad, weight.grad, bias.grad]) {
          guard let gradient, let expected else {
            Issue.record("no gradient")
            continue
          }
          #expect(maximumDifference(gradient, expected) < 1e-9)
          #expect(expected.abs().max().item() > 1e-3)
        }
      }
    }
  }

  /// Narrow images keep float32 statistics.
  @Test func batchNormalizationInBfloat16() {
    let type = FieldType(c8, 3 * c8.regular)
    var rng = Generator(seed: 5)
    let x = (Tensor.randn([4, 24, 9, 9], using: &rng) * 2 + 5).toMemoryFormat(.channelsLast)
    let (wide, narrow) = (InnerBatchNorm(type), InnerBatchNorm(type))
    let expected = wide(type(x)).tensor
    let parameter = Parameter(x.to(.bfloat16))
    let found = narrow(type(parameter.value)).tensor
    #expect(found.dtype == .bfloat16)
    #expect(maximumDifference(found, expected) < 0.05)
    #expect(narrow.runningMean?.value.dtype == .float32)
    if let a = narrow.runningMean?.value, let b = wide.runningMean?.value { #expect(maximumDifference(a, b) < 1e-2) }
    found.to(.float32).pow(2).sum().backward()
    #expect(parameter.grad?.dtype == .bfloat16)
    #expect(narrow.weight?.grad?.dtype == .float32)
  }

  @Test func groupPoolingTakesTheLargestChannel() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.regular, c4.trivial, c4.regular])
    var rng = Generator(seed: 0)
    let x = Tensor.randn([2, 9, 3, 3], using: &rng)
    for format in [MemoryFormat.contiguous, .channelsLast] {
      let y = GroupPooling(type)(type(x.toMemoryFormat(format)))
      #expect(y.type == FieldType(c4, 3 * c4.trivial))
      let expected = Tensor.concatenated(
        [
          x.narrow(1, start: 0, length: 4).max(along: 1, keepingDimensions: true), x.narrow(1, start: 4, length: 1),
          x.narrow(1, start: 5, length: 4).max(along: 1, keepingDimensions: true),
        ], along: 1)
      #expect(maximumDifference(y.tensor, expected) == 0)
    }
  }

  @Test func dropoutKeepsTheMeanAndDropsWholeFibers() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, 3 * c4.regular)
    var rng = Generator(seed: 0)
    let ones = type(Tensor.ones([8, 12, 20, 20]))
    let field = FieldDropout(type, probability: 0.25, rng: &rng)(ones).tensor
    #expect(abs(field.mean().item() - 1) < 0.05)
    let perFiber = field.reshape([8, 3, 4, 20, 20])
    #expect(maximumDifference(perFiber.max(along: 2), perFiber.min(along: 2)) == 0)
    let point = PointwiseDropout(type, probability: 0.25, rng: &rng)(ones).tensor
    #expect(abs(point.mean().item() - 1) < 0.05)
    let layer = PointwiseDropout(type, rng: &rng)
    #expect(maximumDifference(layer(ones).tensor, layer(ones).tensor) > 0)
    layer.eval()
    #expect(maximumDifference(layer(ones).tensor, ones.tensor) == 0)
  }

  @Test func sequenceKeysAreAsInPyTorch() {
    var rng = Generator(seed: 0)
    let type = FieldType(c8, 1 * c8.regular)
    let network = SequentialModule(
      R2Conv(from: type, to: type, kernelSize: 3, rng: &rng), InnerBatchNorm(type), ReLU(type))
    #expect(
      network.stateDict().keys.map { "\($0)" } == [
        "0.weights", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
      ])
  }

  /// Restricted regular fields split, and the split commutes with the subgroup.
  @Test func disentangling() throws {
    let d4 = GSpace.dihedral(4)
    let restricted = try FieldType(d4, 2 * d4.regular).restricted(to: .rotations(4))
    let module = DisentangleModule(restricted)
    #expect(module.outputType.count == 4)
    let report = EquivarianceTester(size: 5).report(module)
    #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
  }
}
