import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

/// The factorized convolution computes what the plain one does, with its gradients.
struct FactorizedConvolutionTests {
  private struct Case: CustomTestStringConvertible, Sendable {
    let kernelSize: Int
    var padding = [0, 0]
    var paddingMode = PaddingMode.zeros
    var stride = 1
    var testDescription: String { "k \(kernelSize), padding \(padding) \(paddingMode), stride \(stride)" }
  }

  private static let cases = [
    Case(kernelSize: 3, padding: [1, 1]), Case(kernelSize: 3, padding: [2, 0], stride: 2), Case(kernelSize: 5),
    Case(kernelSize: 5, padding: [2, 2]), Case(kernelSize: 5, padding: [2, 2], paddingMode: .circular),
    Case(kernelSize: 5, padding: [5, 1], stride: 3), Case(kernelSize: 7, padding: [3, 3]),
    Case(kernelSize: 7, padding: [1, 3], paddingMode: .reflect),
  ]

  private static let spaces: [GSpace] = [
    .trivial, .rotations(3), .rotations(4), .dihedral(4), .dihedral(3, axis: 0.3), .so2, .o2, .flips(axis: 1),
  ]

  /// The output, and the gradients of input, weights and bias of a random loss.
  private func results(
    _ layer: DirectSteerableConvolution, _ path: ConvolutionPath, _ image: Tensor, creatingGraph: Bool = false
  ) -> [Tensor] {
    layer.path = path
    let input = image.detach().requiringGradient()
    let output = layer(layer.inputType(input)).tensor
    let parameters = [input, layer.weights.value] + (layer.bias.map { [$0.value] } ?? [])
    let slopes = gradients(of: (output * output).sum(), with: parameters, creatingGraph: creatingGraph)
    guard creatingGraph else { return [output.detach()] + slopes }
    let penalty = slopes.dropFirst().reduce((slopes[0] * slopes[0]).sum()) { $0 + ($1 * $1).sum() }
    return [output.detach()] + gradients(of: penalty, with: parameters)
  }

  private func relativeDifference(_ a: [Tensor], _ b: [Tensor]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { maximumDifference($0, $1) / $1.to(.float64).abs().max().item() }.max() ?? .infinity
  }

  @Test(arguments: spaces)
  func agreesWithTheDensePath(_ space: GSpace) {
    var rng = Generator(seed: 5)
    // More channels than a vector has lanes, and no multiple of them.
    let (input, output) = (FieldType(space, 13 * space.trivial) + space.mixedType, space.mixedType)
    for (dtype, tolerance) in [(DType.float64, 1e-10), (.float32, 1e-5)] {
      for geometry in Self.cases {
        let layer = R2Conv(
          from: input, to: output, kernelSize: geometry.kernelSize, stride: geometry.stride, padding: geometry.padding,
          paddingMode: geometry.paddingMode, dtype: dtype, rng: &rng)
        let image = Tensor.randn([2, input.size, 11, 8], using: &rng, dtype: dtype)
        layer.path = .factorized
        #expect(layer.selectedPath(for: image) == .factorized)
        let difference = relativeDifference(results(layer, .factorized, image), results(layer, .dense, image))
        #expect(difference < tolerance, "\(space), \(geometry.testDescription), \(dtype)")
      }
    }
  }

  @Test func operatorsAndFilteredBases() {
    var rng = Generator(seed: 6)
    let space = GSpace.dihedral(4)
    let type = space.mixedType
    let layers: [DirectSteerableConvolution] = [
      R2Diffop(from: type, to: type, kernelSize: 5, padding: 2, dtype: .float64, rng: &rng),
      R2Conv(
        from: type, to: type, kernelSize: 5, basisFilter: KernelFilter(id: "odd") { $0.frequency % 2 != 0 },
        dtype: .float64, rng: &rng),
      R2Conv(
        from: type, to: type, kernelSize: 7, frequencyCutoff: .custom(id: "one") { _ in 1 }, dtype: .float64, rng: &rng),
    ]
    let image = Tensor.randn([1, type.size, 9, 9], using: &rng, dtype: .float64)
    for layer in layers {
      #expect(relativeDifference(results(layer, .factorized, image), results(layer, .dense, image)) < 1e-10)
    }
  }

  @Test func secondDerivatives() {
    var rng = Generator(seed: 7)
    let type = GSpace.rotations(4).mixedType
    let layer = R2Conv(from: type, to: type, kernelSize: 5, padding: 2, dtype: .float64, rng: &rng)
    let image = Tensor.randn([2, type.size, 6, 7], using: &rng, dtype: .float64)
    let (ours, dense) = (
      results(layer, .factorized, image, creatingGraph: true), results(layer, .dense, image, creatingGraph: true)
    )
    #expect(relativeDifference(ours, dense) < 1e-10)
  }

  @Test func repeatsBitForBit() {
    var rng = Generator(seed: 8)
    let type = FieldType(.rotations(8), 4 * GSpace.rotations(8).regular)
    let layer = R2Conv(from: type, to: type, kernelSize: 5, padding: 2, rng: &rng)
    let image = Tensor.randn([3, type.size, 17, 17], using: &rng)
    let (first, second) = (results(layer, .factorized, image), results(layer, .factorized, image))
    for (a, b) in zip(first, second) { #expect(maximumDifference(a, b) == 0) }
  }

  @Test func keepsUpWithItsWeightsInEvaluation() {
    var rng = Generator(seed: 9)
    let type = GSpace.dihedral(2).mixedType
    let layer = R2Conv(from: type, to: type, kernelSize: 3, padding: 1, dtype: .float64, rng: &rng)
    layer.path = .factorized
    layer.eval()
    let image = Tensor.randn([1, type.size, 5, 5], using: &rng, dtype: .float64)
    withoutGradient {
      for _ in 0..<2 {
        let exported = layer.export()
        #expect(exported is Conv2D)
        for _ in 0..<2 { #expect(maximumDifference(layer(type(image)).tensor, exported(image)) < 1e-12) }
        layer.weights.update { $0 * 2 + 1 }
      }
    }
  }

  @Test func whereTheDensePathStays() {
    var rng = Generator(seed: 10)
    let type = FieldType(.rotations(4), 2 * GSpace.rotations(4).regular)
    let image = Tensor.randn([1, type.size, 9, 9], using: &rng)
    let layers = [
      R2Conv(from: type, to: type, kernelSize: 4, rng: &rng),
      R2Conv(from: type, to: type, kernelSize: 3, dilation: 2, rng: &rng),
      R2Conv(from: type, to: type, kernelSize: 3, groups: 2, rng: &rng),
    ]
    for layer in layers {
      layer.path = .factorized
      #expect(layer.selectedPath(for: image) == .dense)
    }
    let layer = R2Conv(from: type, to: type, kernelSize: 5, rng: &rng)
    layer.path = .factorized
    #expect(layer.selectedPath(for: image) == .factorized)
    #expect(withAutocast { layer.selectedPath(for: image) } == .dense)
    layer.path = .automatic
    #expect(layer.selectedPath(for: image) == .dense, "few channels are not worth a bank")
  }

  /// The choice for the shapes by which the model of the cost was made.
  @Test func automaticChoice() {
    let space = GSpace.rotations(8)
    var rng = Generator(seed: 11)
    for (inputs, outputs, side, kernelSize, isFactorized) in [
      (24, 48, 25, 5, true), (8, 16, 28, 7, true), (24, 24, 28, 3, false), (24, 48, 5, 5, false),
    ] {
      let layer = R2Conv(
        from: FieldType(space, inputs * space.regular), to: FieldType(space, outputs * space.regular),
        kernelSize: kernelSize, rng: &rng)
      let image = Tensor.zeros([1, inputs * 8, side, side])
      let expected: ConvolutionPath = isFactorized && Torch.areLoopsOptimized ? .factorized : .dense
      #expect(layer.selectedPath(for: image) == expected, "\(inputs) → \(outputs), \(side)², \(kernelSize)²")
    }
  }
}
