import EquivarianceTesting
import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

/// Every layer commutes with the elements of the pixel grid where it says so, and does not where it warns.
struct LatticeExactnessTests {
  static let sizes: [[Int]] = [[8, 8], [9, 9], [7, 9], [8, 11]]

  /// Tests modules for images of several sizes against their own statement.
  private func check(_ modules: [EquivariantModule], sizes: [[Int]] = Self.sizes) {
    for module in modules {
      for size in sizes {
        let tester = EquivarianceTester(size: size[0], width: size[1], batch: 1, seed: 3)
        let space = module.inputType.space
        let report = tester.report(module, elements: space.latticeElements)
        let claims = module.isLatticeExact(for: [1, module.inputType.size, size[0], size[1]])
        if claims {
          #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
        } else {
          #expect(report.latticeMaximum > 1e-4, "\(size) claims to be broken: \(report)")
          #expect(report.warning != nil)
        }
      }
    }
  }

  @Test(arguments: testedSpaces)
  func convolutions(_ space: GSpace) {
    var rng = Generator(seed: 1)
    let (input, output) = (
      space.mixedType, FieldType(space, 1 * space.trivial + 1 * space.mixedType.representations[2])
    )
    check([
      R2Conv(from: input, to: output, kernelSize: 3, rng: &rng),
      R2Conv(from: space.scalars, to: input, kernelSize: 3, stride: 2, padding: 1, rng: &rng),
      R2Conv(from: space.scalars, to: input, kernelSize: 5, stride: 2, padding: 2, rng: &rng),
      R2Conv(from: space.scalars, to: input, kernelSize: 3, padding: 2, dilation: 2, rng: &rng),
      R2Conv(from: space.scalars, to: output, kernelSize: 3, padding: 1, paddingMode: .circular, rng: &rng),
      R2Conv(from: space.scalars, to: output, kernelSize: 3, padding: 1, paddingMode: .reflect, rng: &rng),
      R2Conv(from: space.scalars, to: output, kernelSize: 3, padding: 1, paddingMode: .replicate, rng: &rng),
      R2Conv(from: space.scalars, to: output, kernelSize: 3, padding: [1, 2], rng: &rng),
      R2Conv(from: space.scalars, to: output, kernelSize: 4, padding: 1, rng: &rng),
      R2Conv(
        from: space.scalars, to: output, kernelSize: 2, stride: 2, frequencyCutoff: .halfInteger, rings: [0.5],
        rng: &rng),
    ])
  }

  @Test(arguments: testedSpaces)
  func pointwiseLayers(_ space: GSpace) {
    var rng = Generator(seed: 2)
    let type = space.permutedType
    let norm = InnerBatchNorm(type)
    norm.runningMean?.assign(Tensor.randn([type.count], using: &rng))
    norm.weight?.assign(Tensor.randn([type.count], using: &rng))
    norm.bias?.assign(Tensor.randn([type.count], using: &rng))
    check(
      [
        ReLU(type), ELU(type), LeakyReLU(type), PointwiseNonLinearity(type, .sigmoid),
        PointwiseNonLinearity(type, .tanh),
        norm, GroupPooling(type), PointwiseDropout(type, rng: &rng), FieldDropout(space.mixedType, rng: &rng),
        IdentityModule(space.mixedType),
      ], sizes: [[7, 7], [6, 8]])
    check([MaskModule(space.mixedType, size: 8, margin: 1), MaskModule(type, size: 8)], sizes: [[8, 8]])
    check([MaskModule(space.mixedType, size: 9)], sizes: [[9, 9]])
  }

  @Test(arguments: testedSpaces)
  func pools(_ space: GSpace) {
    let type = space.permutedType
    check([
      PointwiseMaxPool(type, kernelSize: 2), PointwiseMaxPool(type, kernelSize: 3, stride: 2, padding: 1),
      PointwiseMaxPool(type, kernelSize: 3, stride: 1), PointwiseAvgPool(type, kernelSize: 2),
      PointwiseAvgPool(type, kernelSize: 3, stride: 2, padding: 1), PointwiseAvgPool(type, kernelSize: 3),
      PointwiseMaxPoolAntialiased(type, kernelSize: 2, stride: 2),
      PointwiseMaxPoolAntialiased(type, kernelSize: 3, stride: 2, padding: 1),
      PointwiseAvgPoolAntialiased(space.mixedType, sigma: 0.66, stride: 2),
      PointwiseAvgPoolAntialiased(type, sigma: 0.66, stride: 1, padding: 0),
      PointwiseAdaptiveAvgPool(type, outputSize: 1), PointwiseAdaptiveAvgPool(type, outputSize: 3),
      PointwiseAdaptiveMaxPool(type, outputSize: 2), PointwiseAdaptiveMaxPool(type, outputSize: 5),
    ])
  }

  @Test(arguments: [GSpace.rotations(4), .rotations(8), .dihedral(4), .flips()])
  func networks(_ space: GSpace) {
    var rng = Generator(seed: 4)
    let (image, hidden) = (FieldType(space, space.trivial), FieldType(space, 2 * space.regular))
    let network = SequentialModule(
      MaskModule(image, size: 9), R2Conv(from: image, to: hidden, kernelSize: 5, padding: 2, rng: &rng),
      InnerBatchNorm(hidden), ReLU(hidden), PointwiseMaxPoolAntialiased(hidden, kernelSize: 3, stride: 2, padding: 1),
      R2Conv(from: hidden, to: hidden, kernelSize: 3, stride: 2, padding: 1, rng: &rng), ELU(hidden),
      GroupPooling(hidden), PointwiseAdaptiveAvgPool(FieldType(space, 2 * space.trivial), outputSize: 1))
    check([network], sizes: [[9, 9]])
  }

  /// Batch statistics do not change when the whole batch is transformed.
  @Test(arguments: [GSpace.rotations(8), .dihedral(4), .so2, .flips(axis: 0)])
  func batchNormalizationInTraining(_ space: GSpace) {
    for type in [space.permutedType, space.scalars] {
      let report = EquivarianceTester(size: 6, batch: 3).report(name: "train", from: type, to: type) {
        InnerBatchNorm(type, dtype: .float64)($0)
      }
      #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
    }
  }

  /// A restricted network keeps the elements of the subgroup.
  @Test func restriction() throws {
    let d4 = GSpace.dihedral(4)
    let module = RestrictionModule(FieldType(d4, 1 * d4.trivial + 1 * d4.regular), to: .reflection(1))
    #expect(module.outputType.space == GSpace.flips(axis: .pi / 2 + .pi / 4))
    var rng = Generator(seed: 1)
    let network = SequentialModule(
      module, R2Conv(from: module.outputType, to: module.outputType, kernelSize: 3, rng: &rng), ReLU(module.outputType))
    let kept = d4.group.element(rotation: 1, reflected: true)
    let tester = EquivarianceTester(size: 7)
    #expect(tester.report(network, elements: [d4.group.identity, kept]).isLatticeExact(tolerance: 1e-9))
  }
}
