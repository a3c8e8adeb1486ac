import Layers
import Tensors
import Testing

@Suite struct BatchNormLayoutTests {
  /// One, two and three dimensions after the channels are the same numbers in other shapes.
  @Test func layoutsAgree() {
    var rng = Generator(seed: 4)
    let x = Tensor.randn([3, 4, 6], using: &rng, dtype: .float64)
    let one = BatchNorm1D(4, dtype: .float64)
    let two = BatchNorm2D(4, dtype: .float64)
    let three = BatchNorm3D(4, dtype: .float64)
    let expected = two(x.reshape([3, 4, 2, 3])).reshape([3, 4, 6])
    #expect(one(x).maxAbsDifference(to: expected) < 1e-14)
    #expect(three(x.reshape([3, 4, 1, 2, 3])).reshape([3, 4, 6]).maxAbsDifference(to: expected) < 1e-14)
    for layer in [one, two, three] as [Layer] {
      #expect(
        layer.stateDict().keys == ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"])
      layer.eval()
      #expect(
        layer.stateDict().keys == ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"])
    }
    #expect(one(x).maxAbsDifference(to: two(x.reshape([3, 4, 2, 3])).reshape([3, 4, 6])) < 1e-14)
    #expect(one.outputShape(for: [3, 4, 6]) == [3, 4, 6] && one.outputShape(for: [3, 4]) == [3, 4])
  }
}
