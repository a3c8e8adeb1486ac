import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// What modules that act on each pixel by itself must satisfy beyond the laws of `PropertyTests`: they commute with all
/// elements, not only with those of the pixel grid.
struct FiberModuleTests {
  private func input(_ module: EquivariantModule, rng: inout Generator) -> Tensor {
    Tensor.randn([2, module.inputType.size, 3, 4], using: &rng, dtype: .float64)
  }

  /// Transforming the fibers before or after is the same, for all elements.
  @Test(arguments: FiberModules.spaces)
  func commutesWithEveryElement(_ space: GSpace) {
    var rng = Generator(seed: 11)
    let family = FiberModules(space: space)
    for module in family.all(rng: &rng) {
      let x = module.inputType(input(module, rng: &rng))
      withoutGradient {
        let y = module(x)
        #expect(y.tensor.shape == module.evaluateOutputShape(x.shape))
        #expect(y.tensor.abs().max().item() > 1e-3, "\(module) gives nothing")
        for element in family.elements {
          let error = maximumDifference(
            module(x.transformFibers(by: element)).tensor, y.transformFibers(by: element).tensor)
          #expect(error < 1e-9, "\(module) \(element): \(error)")
        }
      }
    }
  }

  /// The exported layers, and the program that is printed from them, give the same in double and single precision.
  @Test(arguments: FiberModules.spaces)
  func exportsToPlainLayers(_ space: GSpace) throws {
    var rng = Generator(seed: 13)
    for module in FiberModules(space: space).all(rng: &rng) {
      let x = input(module, rng: &rng)
      try withoutGradient {
        let y = module(module.inputType(x)).tensor
        let layer = module.export()
        layer.eval()
        #expect(maximumDifference(layer(x), y) < 1e-9, "\(module)")
        #expect(layer.outputShape(for: x.shape) == y.shape, "\(module)")
        module.to(.float32)
        let single = module.export()
        single.eval()
        let program = try torchScript(of: single)
        let narrow = x.to(.float32).toMemoryFormat(.channelsLast)
        let scale = 1 + y.abs().max().item()
        for result in [module(module.inputType(narrow)).tensor, single(narrow), program(narrow)] {
          #expect(result.dtype == .float32)
          #expect(maximumDifference(result, y) < 1e-5 * scale, "\(module)")
        }
      }
    }
  }

  /// What follows a convolution in an exported network is fused with it as far as that is exact.
  @Test(arguments: [GSpace.rotations(4), .dihedral(3), .o2])
  func fusesBehindAConvolution(_ space: GSpace) {
    var rng = Generator(seed: 19)
    for module in FiberModules(space: space).all(rng: &rng) {
      let convolution = R2Conv(
        from: FieldType(space, 2 * space.trivial), to: module.inputType, kernelSize: 3, dtype: .float64, rng: &rng)
      let network = SequentialModule(convolution, module)
      network.eval()
      let x = Tensor.randn([1, 2, 5, 6], using: &rng, dtype: .float64)
      withoutGradient {
        let plain = Sequential(network.export())
        plain.eval()
        plain.to(.float64)
        let fused = plain.fused()
        let y = plain(x)
        #expect(maximumDifference(fused(x), y) < 1e-9 * (1 + y.abs().max().item()), "\(module)")
        if module is BatchStatisticsNorm, space.group.isContinuous { #expect(fused.count == 1, "\(fused)") }
      }
    }
  }

  /// Fields that vanish have finite gradients.
  @Test(arguments: [GSpace.rotations(4), .dihedral(3), .so2, .o2])
  func gradientsAtZero(_ space: GSpace) {
    var rng = Generator(seed: 16)
    for module in FiberModules(space: space).all(rng: &rng) {
      for dtype in [DType.float64, .float32] {
        module.to(dtype)
        let x = Parameter(Tensor.zeros([1, module.inputType.size, 2, 2], dtype: dtype))
        module(module.inputType(x.value)).tensor.sum().backward()
        for parameter in [x] + module.parameters.map(\.parameter) {
          let gradient = parameter.grad ?? Tensor.zeros(parameter.shape)
          #expect(gradient.abs().max().item() < 1e6, "\(module): \(gradient)")
          parameter.zeroGradient()
        }
      }
    }
  }

  /// Narrow images give narrow results near the wide ones, with and without autocast.
  @Test(arguments: [GSpace.rotations(4), .dihedral(4), .o2])
  func bfloat16(_ space: GSpace) {
    var rng = Generator(seed: 17)
    for module in FiberModules(space: space).all(rng: &rng) where !(module is FourierPointwise) {
      module.to(.float32)
      let x = input(module, rng: &rng).to(.bfloat16)
      withoutGradient {
        let expected = module(module.inputType(x.to(.float32))).tensor
        let scale = 1 + expected.abs().max().item()
        for narrow in [module(module.inputType(x)).tensor, withAutocast { module(module.inputType(x)).tensor }] {
          #expect(narrow.dtype == .bfloat16, "\(module)")
          #expect(maximumDifference(narrow, expected) < 0.02 * scale, "\(module)")
        }
      }
    }
  }

  /// A gate of another field, a bias in the wrong place or a norm over the wrong channels would not pass the tests
  /// above.
  @Test func theTestsNotice() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, 2 * c4.irrep(1))
    var rng = Generator(seed: 18)
    let x = type(Tensor.randn([1, 4, 3, 3], using: &rng, dtype: .float64))
    func wrong(_ x: GeometricTensor) -> GeometricTensor {
      // The norms of channels 0 and 3, and of 1 and 2, are of no field.
      let shuffled = x.tensor.indexSelect(1, Tensor([0, 3, 1, 2], shape: [4]))
      let other = FieldType(c4, 2 * c4.irrep(1))
      return type(NormNonLinearity(other, .sigmoid)(other(shuffled)).tensor)
    }
    let element = c4.group.element(rotation: 1)
    let error = maximumDifference(
      wrong(x.transformFibers(by: element)).tensor, wrong(x).transformFibers(by: element).tensor)
    #expect(error > 1e-2)
  }
}
