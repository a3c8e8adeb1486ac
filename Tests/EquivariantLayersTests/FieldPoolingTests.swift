import EquivarianceTesting
import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// Pooling by norms.
struct FieldPoolingTests {
  @Test(arguments: FiberModules.spaces)
  func normMaxPool(_ space: GSpace) throws {
    let type = FiberModules(space: space).mixed
    for (kernelSize, stride, padding) in [(2, 2, 0), (3, 2, 1), (3, 1, 0)] {
      let module = NormMaxPool(type, kernelSize: kernelSize, stride: stride, padding: padding)
      for size in [[8, 8], [9, 9], [7, 9]] {
        let tester = EquivarianceTester(size: size[0], width: size[1], batch: 1, seed: 5)
        let report = tester.report(module, elements: space.latticeElements)
        if module.isLatticeExact(for: [1, type.size, size[0], size[1]]) {
          #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
        } else {
          #expect(report.latticeMaximum > 1e-4 && report.warning != nil, "\(report)")
        }
      }
      var rng = Generator(seed: 6)
      let x = Tensor.randn([2, type.size, 9, 7], using: &rng)
      let y = module(type(x)).tensor
      #expect(y.shape == module.evaluateOutputShape(x.shape))
      #expect(maximumDifference(module(type(x.toMemoryFormat(.channelsLast))).tensor, y) == 0)
      #expect(maximumDifference(module.export()(x), y) == 0)
      #expect(maximumDifference(try torchScript(of: module.export())(x), y) == 0)
    }
  }

  /// Every field is taken from the pixel of the window where it is longest, and gradients go there.
  @Test func normMaxPoolKeepsWholeFields() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.irrep(1), c4.trivial])
    let x = Parameter(
      Tensor([3.0, 0, 1, 0, 4, 0, 5, 0, 0, 2, -3, 1], shape: [1, 3, 2, 2], dtype: .float64))
    let y = NormMaxPool(type, kernelSize: 2)(type(x.value)).tensor
    // Fields (3, 4), (0, 0), (1, 5), (0, 0): the third is longest; scalars 0, 2, −3, 1: also the third.
    let found: [Double] = y.detach().scalars()
    #expect(found == [1, 5, -3])
    y.sum().backward()
    let gradient: [Double] = x.grad?.scalars() ?? []
    #expect(gradient == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0])
  }
}
