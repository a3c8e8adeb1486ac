import EquivariantLayers
import Symmetry
import Tensors
import Testing

/// What the layers refuse instead of answering wrongly.
struct LimitTests {
  @Test func theSecondDerivativeOfTheFieldBatchNormIsRefused() throws {
    var rng = Generator(seed: 1)
    let plane = GSpace.rotations(4)
    let type = FieldType(plane, 2 * plane.regular)
    let norm = InnerBatchNorm(type)
    let x = Tensor.randn([2, type.size, 5, 5], using: &rng).requiringGradient()
    let y = norm(GeometricTensor(x, type)).tensor
    #expect(throws: TorchError.self) {
      try (y * y * y).sum().checked.gradients(with: [x], retainingGraph: true, creatingGraph: true)
    }
    // The first derivative is there.
    #expect(gradients(of: (y * y * y).sum(), with: [x])[0].shape == x.shape)
  }

  @Test func manyTurnsAreReducedBeforeTheImageIsRotated() {
    var rng = Generator(seed: 2)
    let x = Tensor.randn([1, 1, 5, 5], using: &rng)
    let turned = GSpace.rotate(x, angle: 4001 * .pi / 2)
    #expect((turned - GSpace.rotate(x, angle: .pi / 2)).abs().max().item() == 0)
    #expect(GSpace.rotate(x, angle: 1e20).shape == x.shape)
  }
}
