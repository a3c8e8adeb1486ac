import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

/// Every path computes what the plain convolution does, with its gradients.
struct ConvolutionPathTests {
  private struct Case: CustomTestStringConvertible, Sendable {
    let kernelSize: Int
    var padding = [0, 0]
    var paddingMode = PaddingMode.zeros
    var stride = 1
    var paths: [ConvolutionPath] { kernelSize == 3 && stride == 1 ? [.factorized, .winograd] : [.factorized] }
    var testDescription: String { "k \(kernelSize), padding \(padding) \(paddingMode), stride \(stride)" }
  }

  private static let cases = [
    Case(kernelSize: 3, padding: [1, 1]), Case(kernelSize: 3, padding: [2, 0], stride: 2), Case(kernelSize: 3),
    Case(kernelSize: 3, padding: [0, 4]), Case(kernelSize: 3, padding: [1, 1], paddingMode: .circular),
    Case(kernelSize: 5),
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
        let expected = results(layer, .dense, image)
        for path in geometry.paths {
          layer.path = path
          #expect(layer.selectedPath(for: image) == path)
          let difference = relativeDifference(results(layer, path, image), expected)
          #expect(difference < tolerance, "\(path), \(space), \(geometry.testDescription), \(dtype)")
        }
      }
    }
  }

  /// Images, coefficients and what is made of them are rounded to 8 bits, sums of products are not: about 0.002 of a norm,
  /// and 0.005 where outputs are differences of products.
  @Test(.enabled(if: hasBfloat16, "this processor has no vector products in bfloat16"), arguments: spaces)
  func bfloat16UnderAutocast(_ space: GSpace) {
    var rng = Generator(seed: 12)
    let (input, output) = (FieldType(space, 13 * space.trivial) + space.mixedType, space.mixedType)
    for geometry in Self.cases {
      let layer = R2Conv(
        from: input, to: output, kernelSize: geometry.kernelSize, stride: geometry.stride, padding: geometry.padding,
        paddingMode: geometry.paddingMode, rng: &rng)
      // Numbers that bfloat16 holds, so that both sides begin with the same ones.
      let image = Tensor.randn([2, input.size, 11, 8], using: &rng).to(.bfloat16).to(.float32)
      let slope = Tensor.randn(layer.evaluateOutputShape(image.shape), using: &rng).to(.bfloat16).to(.float32)
      let exact = linearResults(layer, .dense, image, slope)
      for path in geometry.paths {
        let ours = linearResults(layer, path, image, slope, isCast: true)
        #expect(ours.map(\.dtype) == [.bfloat16, .float32, .float32] + (layer.bias == nil ? [] : [.float32]))
        for (a, b) in zip(ours, exact) {
          let error: Double = ((a.to(.float32) - b) * (a.to(.float32) - b)).sum().sqrt().item()
          let size: Double = (b * b).sum().sqrt().item()
          let bound = path == .winograd ? 0.008 : 0.004
          #expect(error < bound * size, "\(path), \(space), \(geometry.testDescription)")
        }
      }
    }
  }

  private static let hasBfloat16 = Tensor.hasFactorizedConv2d(in: .bfloat16)

  /// The output, and the gradients of input, weights and bias of its product with a slope.
  private func linearResults(
    _ layer: DirectSteerableConvolution, _ path: ConvolutionPath, _ image: Tensor, _ slope: Tensor,
    isCast: Bool = false
  ) -> [Tensor] {
    layer.path = path
    let input = image.detach().requiringGradient()
    let output = withAutocast(enabled: isCast) { layer(layer.inputType(input)).tensor }
    let parameters = [input, layer.weights.value] + (layer.bias.map { [$0.value] } ?? [])
    return [output.detach()] + gradients(of: (output.to(.float32) * slope).sum(), with: parameters)
  }

  /// With odd numbers of channels, rows of pairs have a number that belongs to the next pixel.
  @Test func whatIsNoNumberStaysInItsWindows() {
    var rng = Generator(seed: 13)
    let type = FieldType(.trivial, 3 * GSpace.trivial.trivial)
    let layer = R2Conv(from: type, to: type, kernelSize: 3, padding: 1, rng: &rng)
    var numbers = [Float](repeating: 1, count: 3 * 9 * 9)
    numbers[9 * 9 + 4 * 9 + 2] = .nan
    let broken = Tensor(numbers, shape: [1, 3, 9, 9])
    let whole = Tensor.ones([1, 3, 9, 9])
    for isCast in [false, true] where !isCast || Self.hasBfloat16 {
      let forward = linearResults(layer, .factorized, broken, whole, isCast: isCast)[0]
      let backward = linearResults(layer, .factorized, whole, broken, isCast: isCast)[1]
      for result in [forward, backward] {
        let marks = result.isNaN().to(.float32).scalars(as: Float.self)
        let places = marks.indices.filter { marks[$0] == 1 }
        let expected = (0..<3).flatMap { channel in
          (3...5).flatMap { row in (1...3).map { column in (channel * 9 + row) * 9 + column } }
        }
        #expect(places == expected, "cast: \(isCast)")
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

  @Test(arguments: [(5, ConvolutionPath.factorized), (3, .winograd)])
  func secondDerivatives(_ kernelSize: Int, _ path: ConvolutionPath) {
    var rng = Generator(seed: 7)
    let type = GSpace.rotations(4).mixedType
    let layer = R2Conv(
      from: type, to: type, kernelSize: kernelSize, padding: kernelSize / 2, dtype: .float64, rng: &rng)
    let image = Tensor.randn([2, type.size, 6, 7], using: &rng, dtype: .float64)
    let (ours, dense) = (
      results(layer, path, image, creatingGraph: true), results(layer, .dense, image, creatingGraph: true)
    )
    #expect(relativeDifference(ours, dense) < 1e-10)
  }

  @Test(arguments: [(5, ConvolutionPath.factorized), (3, .winograd)])
  func repeatsBitForBit(_ kernelSize: Int, _ path: ConvolutionPath) {
    var rng = Generator(seed: 8)
    let type = FieldType(.rotations(8), 4 * GSpace.rotations(8).regular)
    let layer = R2Conv(from: type, to: type, kernelSize: kernelSize, padding: kernelSize / 2, rng: &rng)
    let image = Tensor.randn([3, type.size, 17, 17], using: &rng)
    let (first, second) = (results(layer, path, image), results(layer, path, image))
    for (a, b) in zip(first, second) { #expect(maximumDifference(a, b) == 0) }
  }

  @Test(arguments: [(5, ConvolutionPath.factorized), (3, .winograd)])
  func withoutBias(_ kernelSize: Int, _ path: ConvolutionPath) {
    var rng = Generator(seed: 15)
    let type = FieldType(.rotations(4), 2 * GSpace.rotations(4).regular)
    let layer = R2Conv(from: type, to: type, kernelSize: kernelSize, hasBias: false, dtype: .float64, rng: &rng)
    let image = Tensor.randn([2, type.size, 9, 9], using: &rng, dtype: .float64)
    #expect(relativeDifference(results(layer, path, image), results(layer, .dense, image)) < 1e-10)
  }

  /// Tiles that end inside of an image, or hold several of them.
  @Test(arguments: [(3, ConvolutionPath.factorized), (7, .factorized), (3, .winograd)], [(5, 4), (40, 3), (9, 70)])
  func tilesDoNotMatter(_ kernel: (Int, ConvolutionPath), _ shape: (count: Int, side: Int)) {
    var rng = Generator(seed: 14)
    let type = FieldType(.rotations(4), 2 * GSpace.rotations(4).regular)
    let (kernelSize, path) = kernel
    let layer = R2Conv(
      from: type, to: type, kernelSize: kernelSize, padding: kernelSize / 2, dtype: .float64, rng: &rng)
    let image = Tensor.randn([shape.count, type.size, shape.side, shape.side], using: &rng, dtype: .float64)
    #expect(relativeDifference(results(layer, path, image), results(layer, .dense, image)) < 1e-10)
  }

  @Test(arguments: [ConvolutionPath.factorized, .winograd])
  func keepsUpWithItsWeightsInEvaluation(_ path: ConvolutionPath) {
    var rng = Generator(seed: 9)
    let type = GSpace.dihedral(2).mixedType
    let layer = R2Conv(from: type, to: type, kernelSize: 3, padding: 1, dtype: .float64, rng: &rng)
    layer.path = path
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
      for path in [ConvolutionPath.factorized, .winograd] {
        layer.path = path
        #expect(layer.selectedPath(for: image) == .dense)
      }
    }
    let steps = R2Conv(from: type, to: type, kernelSize: 3, stride: 2, rng: &rng)
    steps.path = .winograd
    #expect(steps.selectedPath(for: image) == .dense)
    let layer = R2Conv(from: type, to: type, kernelSize: 5, rng: &rng)
    layer.path = .factorized
    #expect(layer.selectedPath(for: image) == .factorized)
    #expect(withAutocast(dtype: .float16) { layer.selectedPath(for: image) } == .dense)
    #expect(withAutocast { layer.selectedPath(for: image) } == (Self.hasBfloat16 ? .factorized : .dense))
    let exact = R2Conv(from: type, to: type, kernelSize: 5, dtype: .float64, rng: &rng)
    exact.path = .factorized
    #expect(withAutocast { exact.selectedPath(for: image.to(.float64)) } == .dense)
    layer.path = .winograd
    #expect(layer.selectedPath(for: image) == .dense)
    layer.path = .automatic
    #expect(layer.selectedPath(for: image) == .dense, "few channels are not worth a bank")
  }

  /// The choice for the shapes by which the model of the cost was made.
  @Test func automaticChoice() {
    let space = GSpace.rotations(8)
    var rng = Generator(seed: 11)
    let cases: [(inputs: Int, outputs: Int, side: Int, kernelSize: Int, stride: Int, path: ConvolutionPath)] = [
      (24, 48, 25, 5, 1, .factorized), (8, 16, 28, 7, 1, .factorized), (24, 24, 28, 3, 1, .winograd),
      (24, 24, 41, 3, 2, .factorized), (2, 2, 28, 3, 1, .dense), (24, 48, 5, 5, 1, .dense), (24, 48, 9, 3, 1, .dense),
    ]
    for test in cases {
      let layer = R2Conv(
        from: FieldType(space, test.inputs * space.regular), to: FieldType(space, test.outputs * space.regular),
        kernelSize: test.kernelSize, stride: test.stride, rng: &rng)
      let image = Tensor.zeros([1, test.inputs * 8, test.side, test.side])
      let hasChoice = Torch.areLoopsOptimized && Tensor.multipliesBlocks(of: .float32)
      #expect(layer.selectedPath(for: image) == (hasChoice ? test.path : .dense), "\(test)")
    }
  }
}
