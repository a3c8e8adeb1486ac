import Layers
import PartialEquivariance
import Symmetry
import Tensors
import Testing

@Suite struct LossTests {
  @Test func kernelNormsAreThoseOfTheWeights() throws {
    var test = NetworkTests.Case().options
    test.kernelNormWeight = 0.5
    var rng = Generator(seed: 71)
    let network = try CKResNet(test, channels: 1, side: 12, classes: 3, rng: &rng)
    network.lift.bias?.update { $0 + 2 }
    #expect(network.penalty == nil, "before a pass")
    _ = network(images([4, 1, 12, 12]))
    let penalty = try #require(network.penalty)
    let grid = GroupSamples.grid(4, of: .so2)
    let expected = withoutGradient {
      network.convolutions.reduce(0.0) { sum, layer in
        let inputs = layer is LiftingConvolution ? nil : grid
        return sum + layer.weight(outputs: grid, inputs: inputs).norm().item() + (layer.bias?.value.norm().item() ?? 0)
      }
    }
    #expect(abs(penalty.item() - 0.5 * expected) < 1e-3 * expected)
    penalty.backward()
    #expect(magnitude(network.lift.kernel.output.weight?.grad ?? Tensor(0)) > 0)
  }

  @Test func supportsThatGrowAreCharged() throws {
    var options = NetworkTests.Case(count: 8, method: .random, isPartial: true).options
    options.monotonicityWeight = 2
    var rng = Generator(seed: 72)
    let network = try CKResNet(options, channels: 1, side: 12, classes: 3, rng: &rng)
    let widths = [0.5, 0.7, 0.4, 0.4, 0.9]
    #expect(network.learnedSamplers.count == widths.count)
    for (sampler, width) in zip(network.learnedSamplers, widths) { sampler.support?.update { $0 * 0 + width } }
    let penalty = try #require(network.penalty)
    #expect(abs(penalty.item() - 2 * (0.2 + 0.5)) < 1e-5)
    penalty.backward()
    let gradients = network.learnedSamplers.map { $0.support?.grad?.item() ?? 0 }
    #expect(gradients == [-2, 2, 0, -2, 2])
  }
}
