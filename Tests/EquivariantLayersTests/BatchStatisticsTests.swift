import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// The statistics that batch normalizations of fields leave.
struct BatchStatisticsTests {
  private func layers(_ space: GSpace) -> [BatchStatisticsNorm] {
    let family = FiberModules(space: space)
    var layers: [BatchStatisticsNorm] = [
      GNormBatchNorm(family.mixed, momentum: 1, dtype: .float64),
      IIDBatchNorm2D(family.mixed, momentum: 1, dtype: .float64),
    ]
    if let type = family.withoutTrivial { layers.append(NormBatchNorm(type, momentum: 1, dtype: .float64)) }
    for pair in family.inducedPairs where !pair.induced.containsTrivial {
      layers.append(InducedNormBatchNorm(FieldType(space, 2 * pair.induced), momentum: 1, dtype: .float64))
    }
    return layers
  }

  /// After one pass of training over a batch and all its transformed copies, evaluation gives them mean 0 and mean
  /// variance 1 in every field.
  @Test(arguments: FiberModules.spaces)
  func copiesAreNormalized(_ space: GSpace) {
    var rng = Generator(seed: 21)
    for layer in layers(space) {
      let type = layer.inputType
      let x = type((Tensor.randn([300, type.size, 2, 2], using: &rng, dtype: .float64) * 10 + 20).abs())
      let elements = space.group.isContinuous ? space.group.testingElements : space.group.elements
      let copies = type(Tensor.concatenated(elements.map { x.transformFibers(by: $0).tensor }))
      _ = withoutGradient { layer(copies) }
      layer.eval()
      let y = withoutGradient { layer(copies).tensor }
      for (representation, channels) in zip(type.representations, type.channels) {
        let field = y.narrow(1, start: channels.lowerBound, length: channels.count)
        let mean = field.mean(along: [0, 2, 3])
        #expect(mean.abs().max().item() < 1e-6, "\(layer) \(representation)")
        let variance = field.square().mean(along: [0, 2, 3]).mean().item()
        #expect(abs(variance - 1) < 1e-3, "\(layer) \(representation): \(variance)")
      }
    }
  }

  /// Statistics of a batch do not change when the whole batch is transformed, and training commutes with that.
  @Test(arguments: FiberModules.spaces)
  func trainingCommutes(_ space: GSpace) {
    var rng = Generator(seed: 22)
    for layer in layers(space) {
      let x = layer.inputType(Tensor.randn([4, layer.inputType.size, 3, 3], using: &rng, dtype: .float64) + 1)
      for element in FiberModules(space: space).elements.prefix(4) {
        layer.resetStatistics()
        let y = withoutGradient { layer(x) }
        layer.resetStatistics()
        let moved = withoutGradient { layer(x.transformFibers(by: element)) }
        #expect(maximumDifference(moved.tensor, y.transformFibers(by: element).tensor) < 1e-9, "\(layer) \(element)")
      }
    }
  }

  /// The normalization of irreps in another basis, from its definition.
  @Test func regularFieldsByIrreps() {
    let d4 = GSpace.dihedral(4)
    let type = FieldType(d4, [d4.regular, d4.irrep(1, 1), d4.regular])
    var rng = Generator(seed: 23)
    let layer = GNormBatchNorm(type, momentum: 0.25, dtype: .float64)
    for named in layer.parameters {
      named.parameter.assign(Tensor.randn(named.parameter.shape, using: &rng, dtype: .float64))
    }
    let x = Tensor.randn([3, type.size, 2, 2], using: &rng, dtype: .float64) * 2 + 1
    let y = layer(type(x)).tensor
    let weights: [Double] = layer.weight?.value.detach().scalars() ?? []
    let biases: [Double] = layer.bias?.value.detach().scalars() ?? []
    let running: [Double] = layer.runningVariance?.value.scalars() ?? []
    let means: [Double] = layer.runningMean?.value.scalars() ?? []
    var (irrepIndex, trivialIndex) = (0, 0)
    for (representation, channels) in zip(type.representations, type.channels) {
      func irrepBasis(_ tensor: Tensor) -> Tensor {
        let inverse = representation.changeOfBasisInverse
        let matrix = Tensor(inverse.values, shape: [inverse.rows, inverse.columns], dtype: .float64)
        let values = tensor.detach().narrow(1, start: channels.lowerBound, length: channels.count)
        return matrix.matmul(values.permute([1, 0, 2, 3]).reshape([channels.count, 12]))
      }
      let (before, after) = (irrepBasis(x), irrepBasis(y))
      var row = 0
      for irrep in representation.irreps {
        let values = before.narrow(0, start: row, length: irrep.size)
        let mean = irrep.isTrivial ? values.mean().item() : 0
        let variance = (values - mean).square().mean().item() * 12 / 11
        var expected = (values - mean) * (weights[irrepIndex] / (variance + 1e-5).squareRoot())
        if irrep.isTrivial {
          expected = expected + biases[trivialIndex]
          #expect(abs(means[trivialIndex] - 0.25 * mean) < 1e-12)
          trivialIndex += 1
        }
        #expect(maximumDifference(after.narrow(0, start: row, length: irrep.size), expected) < 1e-9)
        #expect(abs(running[irrepIndex] - (0.75 + 0.25 * variance)) < 1e-12)
        irrepIndex += 1
        row += irrep.size
      }
    }
    let keys = layer.stateDict().keys.map { "\($0)" }
    #expect(keys == ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"])
  }

  /// Without a momentum, running statistics are averages over all batches.
  @Test func plainAverages() {
    let so2 = GSpace.so2
    let type = FieldType(so2, 2 * so2.irrep(1))
    var rng = Generator(seed: 24)
    let average = NormBatchNorm(type, momentum: nil, dtype: .float64)
    var sum = Tensor.zeros([2], dtype: .float64)
    for _ in 0..<3 {
      let x = type(Tensor.randn([2, 4, 3, 3], using: &rng, dtype: .float64))
      let single = NormBatchNorm(type, momentum: 1, dtype: .float64)
      _ = withoutGradient { (single(x), average(x)) }
      sum = sum + (single.runningVariance?.value ?? sum)
    }
    #expect(maximumDifference(average.runningVariance?.value ?? sum, sum / 3) < 1e-12)
  }

  /// Where gradients pass through its statistics, layer normalization is that of a scalar field with one channel a
  /// field.
  @Test func fieldNormWithConstantStatistics() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.regular, c4.irrep(1)])
    var rng = Generator(seed: 25)
    let values = Tensor.randn([2, 6, 2, 2], using: &rng, dtype: .float64)
    let probe = Tensor.randn([2, 6, 2, 2], using: &rng, dtype: .float64)
    let gradients = [true, false].map { differentiates -> Tensor in
      let x = Parameter(values)
      let layer = FieldNorm(type, differentiatesStatistics: differentiates, dtype: .float64)
      (layer(type(x.value)).tensor * probe).sum().backward()
      return x.grad ?? values
    }
    // With constant statistics the gradient is the probe divided by the root mean square.
    let rms = type.channels.map { channels -> Tensor in
      var field = values.narrow(1, start: channels.lowerBound, length: channels.count)
      if channels.count == 4 { field = field - field.mean(along: [1], keepingDimensions: true) }
      return (field.square().mean(along: [1], keepingDimensions: true) + 1e-5).sqrt()
        .expand(to: [2, channels.count, 2, 2])
    }
    #expect(maximumDifference(gradients[1], probe / Tensor.concatenated(rms, along: 1)) < 1e-9)
    #expect(maximumDifference(gradients[0], gradients[1]) > 1e-3)
  }
}
