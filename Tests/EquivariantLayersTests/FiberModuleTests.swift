import EquivarianceTesting
import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// What every module that acts on each pixel by itself must satisfy, for every group and family of representations.
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

  /// The pixel grid's symmetries are kept as a whole.
  @Test(arguments: FiberModules.spaces)
  func isExactOnTheGrid(_ space: GSpace) {
    var rng = Generator(seed: 12)
    let tester = EquivarianceTester(size: 5, width: 6, batch: 1)
    for module in FiberModules(space: space).all(rng: &rng) {
      let report = tester.report(module, elements: space.latticeElements)
      #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
    }
  }

  /// The exported layers, and the program that is printed from them, give the same in double and single precision.
  @Test(arguments: FiberModules.spaces)
  func exportsToPlainLayers(_ space: GSpace) throws {
    var rng = Generator(seed: 13)
    for module in FiberModules(space: space).all(rng: &rng) {
      let x = input(module, rng: &rng)
      // Tables of modules without parameters are exported in single precision.
      let tolerance = module.parameters.isEmpty ? 1e-6 : 1e-9
      try withoutGradient {
        let y = module(module.inputType(x)).tensor
        let layer = module.export()
        layer.eval()
        layer.to(.float64)
        #expect(maximumDifference(layer(x), y) < tolerance, "\(module)")
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

  /// Both memory layouts give the same numbers, and channels-last stays as it is.
  @Test(arguments: FiberModules.spaces)
  func memoryLayouts(_ space: GSpace) {
    var rng = Generator(seed: 14)
    for module in FiberModules(space: space).all(rng: &rng) {
      let x = input(module, rng: &rng)
      let y = module(module.inputType(x)).tensor
      let other = module(module.inputType(x.toMemoryFormat(.channelsLast))).tensor
      #expect(maximumDifference(y, other) < 1e-12, "\(module)")
    }
  }

  /// Gradients of inputs and parameters are those of finite differences.
  @Test(arguments: [GSpace.rotations(4), .dihedral(3), .flips(), .o2])
  func gradients(_ space: GSpace) {
    var rng = Generator(seed: 15)
    for module in FiberModules(space: space).all(rng: &rng) {
      let x = Parameter(Tensor.randn([1, module.inputType.size, 2, 1], using: &rng, dtype: .float64))
      let probe = Tensor.randn([1, module.outputType.size, 2, 1], using: &rng, dtype: .float64)
      func loss() -> Tensor { (module(module.inputType(x.value)).tensor * probe).sum() }
      loss().backward()
      for parameter in [x] + module.parameters.map(\.parameter) {
        guard let gradient = parameter.grad else {
          Issue.record("\(module) has no gradient")
          continue
        }
        let direction = Tensor.randn(parameter.shape, using: &rng, dtype: .float64)
        let value = parameter.value.detach().clone()
        let values = withoutGradient {
          [1e-6, -1e-6].map { step -> Double in
            parameter.assign(value + direction * step)
            return loss().item()
          }
        }
        parameter.assign(value)
        let expected = (values[0] - values[1]) / 2e-6
        let found = (gradient * direction).sum().item()
        #expect(abs(found - expected) < 1e-6 * (1 + abs(expected)), "\(module): \(found), not \(expected)")
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
