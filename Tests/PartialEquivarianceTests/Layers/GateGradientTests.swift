import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

/// Where the gradient of the draws that keep elements goes.
@Suite struct GateGradientTests {
  /// A layer whose draw kept all of its elements, and its output.
  private static func output(
    _ sampling: GroupSampling
  ) -> (layer: GroupConvolution, samples: GroupSamples, maps: Tensor) {
    var rng = Generator(seed: 8)
    let layer = GroupConvolution(
      from: 2, to: 3, sampling: sampling, isPartial: true, kernel: ContinuousKernel(hidden: 8), kernelSize: 3, rng: &rng
    )
    layer.to(.float64)
    layer.sampler.support?.update { $0 * 1.5 }
    let x = GroupFeatures(
      images([2, 2 * sampling.count, 6, 6], dtype: .float64), GroupSamples.grid(sampling.count, of: sampling.group))
    var samples = layer.sampler()
    while samples.count < sampling.count { samples = layer.sampler() }
    return (layer, samples, layer(x, onto: samples).separated)
  }

  private static func gradient(_ layer: GroupConvolution, of loss: Tensor) -> [Double] {
    layer.zeroGradients()
    loss.backward(retainingGraph: true)
    return layer.sampler.support?.grad?.scalars(as: Double.self) ?? []
  }

  /// The loss changes with a draw as it does with the strength of the features at what the draw has kept.
  @Test func presenceScalesFeatures() throws {
    let sampling = GroupSampling(.o2, count: 8, method: .random, perLayer: true, gateGradient: .presence)
    let (layer, _, maps) = Self.output(sampling)
    let rotations = maps.slice(2, to: 4)
    let reflections = maps.slice(2, from: 4)
    let linear = Self.gradient(layer, of: reflections.sum())
    let square = Self.gradient(layer, of: reflections.square().sum())
    let expected = 2 * reflections.square().sum().item() / reflections.sum().item()
    #expect(abs(linear[1]) > 1e-12)
    #expect(abs(square[1] / linear[1] - expected) < 1e-9 * abs(expected))
    #expect(Self.gradient(layer, of: rotations.square().sum())[1] == 0, "rotations are there whatever is drawn")
  }

  /// The same for each element of a deterministic draw.
  @Test(arguments: [Group.so2, .o2]) func eachElementHasItsOwnPresence(_ group: Group) {
    let sampling = GroupSampling(group, count: 8, gateGradient: .presence)
    let (layer, samples, maps) = Self.output(sampling)
    #expect(samples.presence?.shape == [1, 8])
    for element in 0..<sampling.rotations {
      let gradient = Self.gradient(layer, of: maps.select(2, index: element).square().sum())
      // The identity is always there, and the last logit is that of the reflections.
      let touched = gradient.indices.filter { gradient[$0] != 0 }
      #expect(touched == (element == 0 ? [] : [element - 1]), "\(gradient)")
    }
  }

  /// What is computed is the same: only the way back differs.
  @Test func valuesDoNotDependOnTheGradient() {
    func maps(_ gradient: GroupSampling.GateGradient) -> (maps: Tensor, samples: GroupSamples) {
      let (_, samples, maps) = Self.output(
        GroupSampling(.o2, count: 8, method: .random, perLayer: true, gateGradient: gradient))
      return (maps, samples)
    }
    let (presence, coordinates) = (maps(.presence), maps(.coordinates))
    #expect(difference(presence.maps, coordinates.maps) < 1e-12)
    #expect(coordinates.samples.presence == nil)
    #expect(presence.samples.signs?.requiresGradient == false, "coordinates are no way back")
    #expect(coordinates.samples.signs?.requiresGradient == true)
  }
}
