import EquivarianceTesting
import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

/// Transposed convolutions, differential operators and resampling keep the symmetries that they claim, and no others.
struct ConvolutionFamilyTests {
  static let sizes: [[Int]] = [[7, 7], [8, 8], [6, 9]]

  private func check(_ modules: [EquivariantModule], sizes: [[Int]] = Self.sizes) {
    for module in modules {
      for size in sizes {
        let tester = EquivarianceTester(size: size[0], width: size[1], batch: 1, seed: 3)
        let report = tester.report(module, elements: module.inputType.space.latticeElements)
        if module.isLatticeExact(for: [1, module.inputType.size, size[0], size[1]]) {
          #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
        } else {
          #expect(report.latticeMaximum > 1e-4, "\(size) claims to be broken: \(report)")
          #expect(report.warning != nil)
        }
      }
    }
  }

  @Test(arguments: testedSpaces)
  func transposedConvolutions(_ space: GSpace) {
    var rng = Generator(seed: 1)
    let (input, output) = (
      space.mixedType, FieldType(space, 1 * space.trivial + 1 * space.mixedType.representations[2])
    )
    check([
      R2ConvTransposed(from: input, to: output, kernelSize: 3, rng: &rng),
      R2ConvTransposed(from: space.scalars, to: input, kernelSize: 3, stride: 2, padding: 1, rng: &rng),
      R2ConvTransposed(
        from: space.scalars, to: output, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, rng: &rng),
      R2ConvTransposed(from: space.scalars, to: output, kernelSize: 4, stride: 2, padding: 1, rng: &rng),
      R2ConvTransposed(from: space.scalars, to: output, kernelSize: 3, dilation: 2, rng: &rng),
      R2ConvTransposed(from: space.scalars, to: output, kernelSize: 5, stride: 3, padding: [1, 2], rng: &rng),
      R2ConvTransposed(
        from: space.scalars, to: output, kernelSize: 2, stride: 2, frequencyCutoff: .halfInteger, rings: [0.5],
        rng: &rng),
    ])
    let spread = R2ConvTransposed(
      from: space.scalars, to: output, kernelSize: 3, stride: 2, outputPadding: [0, 1], rng: &rng)
    check([spread], sizes: [[5, 5]])
  }

  @Test(arguments: testedSpaces)
  func differentialOperators(_ space: GSpace) {
    var rng = Generator(seed: 2)
    let (input, output) = (
      space.mixedType, FieldType(space, 1 * space.trivial + 1 * space.mixedType.representations[2])
    )
    check([
      R2Diffop(from: input, to: output, kernelSize: 3, rng: &rng),
      R2Diffop(from: space.scalars, to: output, kernelSize: 5, stride: 2, padding: 2, rng: &rng),
      R2Diffop(from: space.scalars, to: output, kernelSize: 4, maximumOrder: 3, padding: 1, rng: &rng),
      R2Diffop(
        from: space.scalars, to: output, maximumOrder: 2, accuracy: 4, padding: 2, paddingMode: .circular, rng: &rng),
      R2Diffop(from: space.scalars, to: output, kernelSize: 3, padding: 2, dilation: 2, rng: &rng),
      R2Diffop(
        from: space.scalars, to: output, kernelSize: 5, maximumOrder: 3, padding: [2, 1],
        discretization: .radialBasisFunctions(.phs7), rng: &rng),
      R2Diffop(
        from: output, to: space.scalars, kernelSize: 5, padding: 2, discretization: .radialBasisFunctions(.ga),
        rng: &rng),
      R2Diffop(
        from: space.scalars, to: output, kernelSize: 5, padding: 2, paddingMode: .reflect,
        discretization: .gaussian(standardDeviation: 1.25), rng: &rng),
    ])
    if !space.group.hasReflections {
      check([R2Diffop(from: space.scalars, to: output, kernelSize: 3, angleOffset: 0.3, rng: &rng)], sizes: [[6, 6]])
    }
  }

  @Test(arguments: testedSpaces)
  func upsampling(_ space: GSpace) {
    let type = space.mixedType
    check([
      R2Upsampling(type, scale: 2), R2Upsampling(type, scale: 3, alignsCorners: true),
      R2Upsampling(type, scale: 2, mode: .nearest), R2Upsampling(type, scale: 3, mode: .nearestExact),
      R2Upsampling(type, scale: 2, mode: .bicubic), R2Upsampling(type, scale: 2, mode: .bicubic, alignsCorners: true),
      R2Upsampling(type, size: 11), R2Upsampling(type, size: 11, mode: .nearest),
      R2Upsampling(type, size: 11, mode: .nearestExact), R2Upsampling(type, size: 4, mode: .nearestExact),
      R2Upsampling(type, size: [10, 13]), R2Upsampling(type, size: [12, 12], mode: .bicubic),
    ])
  }

  /// Stencils turned by 90°, as another library has them, keep rotations and break reflections.
  @Test func turnedStencilsBreakReflections() {
    for (space, isKept) in [(GSpace.rotations(4), true), (.dihedral(4), false), (.flips(), false), (.o2, false)] {
      var rng = Generator(seed: 3)
      let (input, output) = (space.mixedType, space.mixedType)
      let layer = R2Diffop(
        from: input, to: output, kernelSize: 3, padding: 1, hasBias: false, dtype: .float64, rng: &rng)
      let filter = layer.expandFilter().detach()
      let tester = EquivarianceTester(size: 7)
      func report(_ filter: Tensor) -> EquivarianceReport {
        tester.report(name: "stencils", from: input, to: output, elements: space.latticeElements) {
          output($0.tensor.conv2d(filter, padding: 1))
        }
      }
      #expect(report(filter).isLatticeExact(tolerance: 1e-9))
      let turned = report(filter.rot90(-1))
      #expect(isKept ? turned.isLatticeExact(tolerance: 1e-9) : turned.latticeMaximum > 1e-2, "\(space)")
    }
  }

  /// Of every layer: the export computes the same, in both precisions, with groups as well.
  @Test(arguments: [GSpace.rotations(4), .dihedral(4), .so2, .o2, .flips(axis: 0)])
  func exports(_ space: GSpace) {
    var rng = Generator(seed: 4)
    let type = space.mixedType
    let double = type + type
    let modules: [EquivariantModule] = [
      R2ConvTransposed(from: type, to: type, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, rng: &rng),
      R2ConvTransposed(from: double, to: double, kernelSize: 3, dilation: 2, groups: 2, rng: &rng),
      R2Diffop(from: type, to: type, kernelSize: 3, padding: 1, paddingMode: .replicate, rng: &rng),
      R2Diffop(from: double, to: double, kernelSize: 3, stride: 2, padding: 2, dilation: 2, groups: 2, rng: &rng),
      R2Upsampling(type, scale: 2), R2Upsampling(type, size: [9, 14], mode: .nearest),
      R2Upsampling(type, size: 13, mode: .bicubic, alignsCorners: true),
    ]
    for module in modules {
      let single = EquivarianceTester(size: 7, dtype: .float32).compareExport(module)
      #expect(single.agrees(tolerance: 1e-5), "\(single)")
      module.to(.float64)
      let exact = EquivarianceTester(size: 7, dtype: .float64).compareExport(module)
      #expect(exact.agrees(tolerance: 1e-12), "\(exact)")
    }
  }

  @Test func shapesArePredicted() {
    let c4 = GSpace.rotations(4)
    let (input, output) = (FieldType(c4, 2 * c4.trivial), FieldType(c4, c4.regular))
    var rng = Generator(seed: 0)
    for (k, p, s, d, extra) in [
      (3, 1, 1, 1, 0), (3, 0, 2, 1, 1), (5, 2, 2, 1, 1), (3, 2, 1, 2, 1), (5, 1, 3, 1, 2), (4, 1, 2, 1, 0),
    ] {
      let layer = R2ConvTransposed(
        from: input, to: output, kernelSize: k, stride: s, padding: p, outputPadding: extra, dilation: d, rng: &rng)
      for (h, w) in [(5, 5), (6, 4)] {
        let shape = layer(input(Tensor.zeros([2, 2, h, w]))).shape
        #expect(layer.evaluateOutputShape([2, 2, h, w]) == shape)
      }
    }
    for module in [R2Upsampling(input, scale: 3), R2Upsampling(input, size: [7, 9], mode: .nearest)] {
      #expect(module.evaluateOutputShape([2, 2, 5, 4]) == module(input(Tensor.zeros([2, 2, 5, 4]))).shape)
    }
  }

  @Test func stateKeysAreTheSameInAllModes() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, 2 * c4.regular)
    var rng = Generator(seed: 0)
    let layers: [SteerableConvolution] = [
      R2ConvTransposed(from: type, to: type, kernelSize: 3, rng: &rng),
      R2Diffop(from: type, to: type, kernelSize: 3, rng: &rng),
    ]
    for layer in layers {
      for mode in 0..<3 {
        if mode == 1 {
          layer.eval()
          _ = withoutGradient { layer(type(Tensor.zeros([1, 8, 5, 5]))) }
        }
        if mode == 2 { layer.train() }
        #expect(layer.stateDict().keys.map { "\($0)" } == ["weights", "bias"])
      }
      #expect(layer.weightCount == layer.weights.shape[0])
    }
    #expect(R2Upsampling(type, scale: 2).stateDict().isEmpty)
  }

  /// Kept filters follow the weights, and grouped ones are arranged group by group.
  @Test func keptFiltersAndGroups() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.trivial, c4.regular, c4.trivial, c4.regular])
    let half = type[0..<2]
    var rng = Generator(seed: 5)
    let layer = R2ConvTransposed(
      from: type, to: type, kernelSize: 3, stride: 2, padding: 1, groups: 2, dtype: .float64, rng: &rng)
    let x = Tensor.randn([1, 10, 4, 5], using: &rng, dtype: .float64)
    let y = layer(type(x)).tensor
    #expect(layer.expandFilter().shape == [10, 5, 3, 3])
    for group in 0..<2 {
      let filter = layer.expandFilter().narrow(0, start: 5 * group, length: 5).transpose(0, 1)
      let expected = x.narrow(1, start: 5 * group, length: 5).convTransposed2d(filter, stride: 2, padding: 1)
      #expect(maximumDifference(y.narrow(1, start: 5 * group, length: 5), expected) < 1e-12)
    }
    #expect(layer.kernelBasis.inSize == half.size)
    layer.eval()
    let kept = withoutGradient { layer(type(x)).tensor }
    #expect(maximumDifference(kept, y) < 1e-12)
    layer.weights.update { $0 * 2 }
    #expect(maximumDifference(withoutGradient { layer(type(x)).tensor }, y * 2) < 1e-12)
    #expect(EquivarianceTester(size: 5).report(layer, elements: c4.latticeElements).isLatticeExact(tolerance: 1e-9))
  }

  /// With the transposed filter, a transposed convolution is the adjoint: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩.
  @Test(arguments: [GSpace.rotations(8), .dihedral(4), .so2])
  func adjoint(_ space: GSpace) throws {
    let (from, to) = (space.mixedType, FieldType(space, 2 * space.trivial + [space.mixedType.representations[2]]))
    var rng = Generator(seed: 6)
    for (stride, padding, dilation) in [(1, 1, 1), (2, 1, 1), (1, 2, 2), (2, 0, 1)] {
      let layer = R2Conv(
        from: from, to: to, kernelSize: 3, stride: stride, padding: padding, dilation: dilation, hasBias: false,
        dtype: .float64, rng: &rng)
      let adjoint = R2ConvTransposed(
        from: to, to: from, kernelSize: 3, stride: stride, padding: padding, dilation: dilation, hasBias: false,
        initialization: .zeros, dtype: .float64, rng: &rng)
      // The basis of the adjoint holds the transposed kernels: least squares find their weights.
      let target = layer.expandFilter().detach().transpose(0, 1)
      let weights = try fit(adjoint, to: target)
      adjoint.weights.assign(Tensor(weights, shape: [weights.count], dtype: .float64))
      #expect(maximumDifference(adjoint.expandFilter(), target) < 1e-9)
      let x = Tensor.randn([2, from.size, 9, 9], using: &rng, dtype: .float64)
      let ax = layer(from(x)).tensor
      let y = Tensor.randn(ax.shape, using: &rng, dtype: .float64)
      let aty = adjoint(to(y)).tensor
      #expect(aty.shape == x.shape)
      let (left, right): (Double, Double) = ((ax * y).sum().item(), (x * aty).sum().item())
      #expect(abs(left - right) < 1e-9 * max(1, abs(left)))
    }
  }

  /// The weights of the nearest filter, by conjugate gradients on the normal equations.
  private func fit(_ layer: SteerableConvolution, to target: Tensor) throws -> [Double] {
    let count = layer.weightCount
    func filter(_ w: Tensor) -> Tensor {
      layer.weights.assign(w)
      return layer.expandFilter().detach()
    }
    func transposed(_ residual: Tensor) throws -> Tensor {
      layer.weights.zeroGradient()
      (layer.expandFilter() * residual).sum().backward()
      return try #require(layer.weights.grad).detach()
    }
    var w = Tensor.zeros([count], dtype: .float64)
    var r = try transposed(target)
    var p = r
    for _ in 0..<200 {
      let size: Double = (r * r).sum().item()
      if size < 1e-26 { break }
      let ap = try transposed(filter(p))
      let step: Double = size / (p * ap).sum().item()
      w = w + p * step
      let next = r - ap * step
      let factor: Double = (next * next).sum().item() / size
      p = next + p * factor
      r = next
    }
    return w.scalars(as: Double.self)
  }

  /// Gradients of weights, bias and input of a transposed convolution and of an operator agree with differences.
  @Test func gradients() {
    let c4 = GSpace.rotations(4)
    let (input, output) = (FieldType(c4, [c4.trivial, c4.irrep(1)]), FieldType(c4, c4.regular))
    var rng = Generator(seed: 8)
    let layers: [SteerableConvolution] = [
      R2ConvTransposed(from: input, to: output, kernelSize: 3, stride: 2, dtype: .float64, rng: &rng),
      R2Diffop(from: input, to: output, kernelSize: 3, padding: 1, dtype: .float64, rng: &rng),
    ]
    for layer in layers {
      let x = Tensor.randn([1, 3, 4, 4], using: &rng, dtype: .float64)
      func loss() -> Tensor { layer(input(x)).tensor.pow(2).sum() }
      loss().backward()
      for parameter in layer.parameters.map(\.parameter) {
        let gradient = parameter.grad?.scalars(as: Double.self) ?? []
        let values = parameter.value.scalars(as: Double.self)
        for index in 0..<min(values.count, gradient.count) {
          func shifted(_ step: Double) -> Double {
            var changed = values
            changed[index] += step
            parameter.assign(Tensor(changed, shape: [values.count], dtype: .float64))
            return withoutGradient { loss().item() }
          }
          let numeric = (shifted(1e-5) - shifted(-1e-5)) / 2e-5
          #expect(abs(numeric - gradient[index]) < 1e-5 * max(1, abs(numeric)))
        }
        #expect(gradient.count == values.count)
        parameter.assign(Tensor(values, shape: [values.count], dtype: .float64))
      }
    }
  }

  @Test func initialization() {
    let space = GSpace.rotations(4)
    let type = FieldType(space, 4 * space.trivial + 2 * space.regular)
    var rng = Generator(seed: 9)
    var sum = 0.0
    for _ in 0..<100 {
      let layer = R2Diffop(from: type, to: type, kernelSize: 5, hasBias: false, dtype: .float64, rng: &rng)
      let y = layer(type(Tensor.randn([2, type.size, 9, 9], using: &rng, dtype: .float64))).tensor
      sum += (y * y).mean().item()
    }
    #expect(abs((sum / 100).squareRoot() - 1) < 0.1, "\((sum / 100).squareRoot())")
    let layers: [SteerableConvolution] = [
      R2ConvTransposed(
        from: type, to: type, kernelSize: 5, initialization: .deltaOrthogonal, dtype: .float64, rng: &rng),
      R2Diffop(from: type, to: type, kernelSize: 5, initialization: .deltaOrthogonal, dtype: .float64, rng: &rng),
    ]
    for layer in layers {
      let filter = layer.expandFilter().detach()
      let center = filter.select(3, index: 2).select(2, index: 2)
      #expect(maximumDifference(center.matmul(center.transpose(0, 1)), Tensor.eye(type.size, dtype: .float64)) < 1e-10)
      #expect(abs((filter * filter).sum().item() - (center * center).sum().item()) < 1e-10)
    }
  }

  /// Weights of one over the scale make the operators what they are called.
  @Test func laplacianAndGradient() throws {
    let o2 = GSpace.o2(axis: 0)
    let (scalar, vector) = (FieldType(o2, o2.trivial), FieldType(o2, o2.irrep(1, 1)))
    var rng = Generator(seed: 0)
    func set(_ layer: R2Diffop, order: Int) throws {
      let basis = layer.diffopBasis.pairs[0].basis
      var weights = [Double](repeating: 0, count: layer.weightCount)
      let index = try #require(basis.elements.firstIndex { $0.order == order })
      weights[index] = 1 / basis.scales[index]
      layer.weights.assign(Tensor(weights, shape: [weights.count], dtype: .float64))
    }
    // f = x² - 3xy + 2y, x to the right and y upwards, on 7 × 7 pixels around the origin.
    let line = (0..<7).map { Double($0) - 3 }
    let values = line.reversed().flatMap { y in line.map { x in x * x - 3 * x * y + 2 * y } }
    let image = scalar(Tensor(values, shape: [1, 1, 7, 7], dtype: .float64))
    let laplacian = R2Diffop(from: scalar, to: scalar, kernelSize: 3, hasBias: false, dtype: .float64, rng: &rng)
    try set(laplacian, order: 2)
    #expect(maximumDifference(laplacian(image).tensor, Tensor.full([1, 1, 5, 5], 2.0, dtype: .float64)) < 1e-10)
    let gradient = R2Diffop(from: scalar, to: vector, kernelSize: 3, hasBias: false, dtype: .float64, rng: &rng)
    try set(gradient, order: 1)
    let inner = (0..<5).map { Double($0) - 2 }
    let dx = inner.reversed().flatMap { y in inner.map { x in 2 * x - 3 * y } }
    let dy = inner.reversed().flatMap { _ in inner.map { x in -3 * x + 2 } }
    #expect(
      maximumDifference(gradient(image).tensor, Tensor(dx + dy, shape: [1, 2, 5, 5], dtype: .float64)) < 1e-10)
    #expect(laplacian.maximumOrder == 2 && laplacian.accuracy == 2 && laplacian.discretization == .finiteDifferences)
  }

  @Test func upsamplingByNearestPixels() {
    let type = FieldType(GSpace.rotations(4), GSpace.rotations(4).trivial)
    let x = Tensor([1.0, 2, 3, 4], shape: [1, 1, 2, 2], dtype: .float64)
    let expected = Tensor([1.0, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], shape: [1, 1, 4, 4], dtype: .float64)
    #expect(maximumDifference(R2Upsampling(type, scale: 2, mode: .nearest)(type(x)).tensor, expected) == 0)
  }

  /// Dilation moves the rings of transposed convolutions too; legal but doubtful settings are named.
  @Test func dilationAndWarnings() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, c4.regular)
    var rng = Generator(seed: 0)
    func layer(_ size: Int, _ dilation: Int, _ cutoff: FrequencyCutoff = .default) -> R2ConvTransposed {
      R2ConvTransposed(
        from: type, to: type, kernelSize: size, dilation: dilation, frequencyCutoff: cutoff, rng: &rng)
    }
    #expect(layer(5, 1).weightCount == 44 && layer(5, 1).basisWarning == nil)
    #expect(layer(5, 2).weightCount == 84)
    #expect(R2Conv.basisDimension(from: type, to: type, kernelSize: 5, dilation: 2) == 84)
    #expect(layer(5, 2, .dilated).weightCount == 44 && layer(5, 2, .dilated).basisWarning == nil)
    #expect(layer(5, 2).basisWarning?.contains(".dilated") == true)
    #expect(layer(4, 1).basisWarning?.contains("halfInteger(kernelSize: 4)") == true)
    let small = R2Diffop(from: type, to: type, kernelSize: 1, rng: &rng)
    #expect(small.basisWarning?.contains("few operators") == true)
    let coarse = R2Diffop(from: type, to: type, kernelSize: 3, maximumOrder: 2, rng: &rng)
    #expect(coarse.basisWarning == nil)
    #expect("\(coarse)".contains("maximumOrder"))
  }

  private static func message(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func traps() async {
    let all = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let type = FieldType(GSpace.rotations(4), GSpace.rotations(4).regular)
      var rng = Generator(seed: 0)
      _ = R2Diffop(from: type, to: type, kernelSize: 3, maximumOrder: 2, accuracy: 2, rng: &rng)
    }
    #expect(Self.message(all).contains("R2Diffop: give at most two"))
    let turned = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let type = FieldType(GSpace.dihedral(4), GSpace.dihedral(4).regular)
      var rng = Generator(seed: 0)
      _ = R2Diffop(from: type, to: type, kernelSize: 3, angleOffset: 0.2, rng: &rng)
    }
    #expect(Self.message(turned).contains("mirror lines of D4"))
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let type = FieldType(GSpace.so2, GSpace.so2.trivial)
      var rng = Generator(seed: 0)
      _ = R2Diffop(from: type, to: FieldType(GSpace.so2, GSpace.so2.irrep(3)), kernelSize: 3, rng: &rng)
    }
    #expect(Self.message(empty).contains("raise the maximum order"))
    let two = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let type = FieldType(GSpace.rotations(4), GSpace.rotations(4).regular)
      var rng = Generator(seed: 0)
      _ = R2ConvTransposed(from: type, to: type, kernelSize: 2, rng: &rng)
    }
    #expect(Self.message(two).contains("for R2ConvTransposed: frequencyCutoff: .halfInteger, rings: [0.5]"))
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let type = FieldType(GSpace.rotations(4), GSpace.rotations(4).regular)
      var rng = Generator(seed: 0)
      _ = R2ConvTransposed(from: type, to: type, kernelSize: 3, stride: 2, outputPadding: 2, rng: &rng)
    }
    #expect(Self.message(padding).contains("below stride 2"))
    let neither = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = R2Upsampling(FieldType(GSpace.rotations(4), GSpace.rotations(4).regular))
    }
    #expect(Self.message(neither).contains("give either a scale or a size"))
  }
}
