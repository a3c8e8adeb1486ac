import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

@Suite struct ConvolutionTests {
  static func group(
    _ group: Group = .so2, from inputs: Int = 3, to outputs: Int = 4, count: Int = 8, size: Int = 5,
    padding: ConvolutionPadding = .same, perBatchElement: Bool = false, isPartial: Bool = false
  ) -> GroupConvolution {
    var rng = Generator(seed: 31)
    return GroupConvolution(
      from: inputs, to: outputs,
      sampling: GroupSampling(group, count: count, method: .random, perLayer: true, perBatchElement: perBatchElement),
      isPartial: isPartial, kernel: ContinuousKernel(.siren, hidden: 8), kernelSize: size, padding: padding, rng: &rng)
  }

  /// The formula, weight by weight: f'(x, g) = b + Σ_h Σ_u k(g⁻¹u, g⁻¹h) f(x + u, h).
  @Test(arguments: [Group.so2, .o2]) func aWeightIsTheKernelAtItsPoint(_ group: Group) {
    let conv = Self.group(group, count: 6)
    let inputs = GroupSamples((0..<3).map { group.element(angle: 0.4 + Double($0)) }, of: group)
    let outputs = GroupSamples([group.element(angle: 1.1, reflected: group.hasReflections)], of: group)
    let weight = withoutGradient { conv.weight(outputs: outputs, inputs: inputs) }
    #expect(weight.shape == [4, 9, 5, 5])
    let g = outputs.elements()[0]
    for (row, column) in [(2, 2), (1, 3), (0, 2), (2, 4)] {
      let (x, y) = (Double(column - 2) / 2, -Double(row - 2) / 2)
      let matrix = group.planarAction(of: group.inverse(g))
      for (index, h) in inputs.elements().enumerated() {
        let relative = group.product(group.inverse(g), h)
        var point = [matrix[0, 0] * x + matrix[0, 1] * y, matrix[1, 0] * x + matrix[1, 1] * y]
        point.append(relative.angle(in: group) / .pi - 1)
        if group.hasReflections { point.append(relative.isReflected ? -1 : 1) }
        let values = withoutGradient {
          conv.kernel(Tensor(point, shape: [point.count, 1], dtype: .float32)).reshape([4, 3])
        }
        for out in 0..<4 {
          for field in 0..<3 {
            let found = weight[out, field * 3 + index, row, column].item()
            #expect(abs(found - values[out, field].item()) < 1e-5)
          }
        }
      }
    }
    #expect(weight[0, 0, 0, 0].item() == 0, "outside of the disk")
  }

  @Test func theLayerIsAnOrdinaryConvolutionWithThoseWeights() {
    let conv = Self.group()
    conv.bias?.update { $0 + 0.7 }
    let grid = GroupSamples.grid(8, of: .so2)
    let x = GroupFeatures(images([2, 24, 9, 9]), grid)
    withoutGradient {
      let weight = conv.weight(outputs: grid, inputs: grid)
      #expect(weight.isContiguous(.channelsLast))
      let expected = x.tensor.conv2d(weight, padding: 2) + 0.7
      #expect(difference(conv(x, onto: grid).tensor, expected) < 1e-5)
    }
  }

  @Test func theNumberOfElementsMayChange() throws {
    var rng = Generator(seed: 32)
    let sampling = GroupSampling(.so2, count: 8, method: .random, perLayer: true)
    let shortcut = PointwiseGroupConvolution(
      from: 3, to: 4, sampling: sampling, kernel: ContinuousKernel(.siren, hidden: 4), rng: &rng)
    let conv1 = Self.group()
    let conv2 = Self.group(from: 4)
    let grids = [8, 5, 1].map { GroupSamples.grid($0, of: .so2) }
    let x = GroupFeatures(images([2, 24, 9, 9]), grids[0])
    let y = conv1(x, onto: grids[1])
    #expect(y.tensor.shape == [2, 20, 9, 9])
    let z = conv2(y, onto: grids[2])
    #expect(z.tensor.shape == [2, 4, 9, 9])
    let around = shortcut(x, onto: z.samples)
    #expect(around.tensor.shape == z.tensor.shape)
    #expect(shortcut.parameters.allSatisfy { !$0.key.contains("conv_bias") } && shortcut.bias == nil)
    (z.tensor + around.tensor).square().sum().backward()
    for named in conv1.parameters { #expect(named.parameter.grad?.isAllFinite == true, "\(named.key)") }
  }

  /// Elements for each image: the same as one image after another with its own elements.
  @Test(arguments: [Group.so2, .o2]) func eachImageMayHaveItsElements(_ group: Group) {
    let conv = Self.group(group, perBatchElement: true)
    let x = GroupFeatures(images([3, 24, 9, 9]), GroupSamples.grid(8, of: group))
    withoutGradient {
      let y = conv(x)
      #expect(y.samples.sets == 3)
      for index in 0..<3 {
        let own = GroupSamples(
          group, angles: y.samples.angles[index].unsqueeze(0), signs: y.samples.signs.map { $0[index].unsqueeze(0) })
        let one = conv(GroupFeatures(x.tensor.narrow(0, start: index, length: 1), x.samples), onto: own)
        #expect(difference(one.tensor, y.tensor.narrow(0, start: index, length: 1)) < 1e-5)
      }
      // The next layer may have one set for all again.
      let next = Self.group(group, from: 4)
      #expect(next(y, onto: GroupSamples.grid(2, of: group)).tensor.shape == [3, 8, 9, 9])
    }
  }

  /// Without gradients weights are generated once, and again when elements or parameters change.
  @Test func weightsAreKeptUntilSomethingChanges() {
    let conv = Self.group()
    conv.eval()
    let grid = GroupSamples.grid(8, of: .so2)
    let x = GroupFeatures(images([1, 24, 9, 9]), grid)
    withoutGradient {
      let first = conv(x, onto: grid).tensor
      #expect(difference(conv(x, onto: grid).tensor, first) == 0)
      let turned = GroupSamples(.so2, angles: grid.angles + 0.2)
      #expect(difference(conv(x, onto: turned).tensor, first) > 1e-3, "other elements")
      #expect(difference(conv(x, onto: grid).tensor, first) < 1e-6)
      conv.kernel.output.weight?.update { $0 * 2.0 }
      #expect(difference(conv(x, onto: grid).tensor, first) > 1e-3, "other parameters")
      conv.to(.float64)
      #expect(conv(GroupFeatures(x.tensor.to(.float64), grid), onto: grid).tensor.dtype == .float64)
    }
  }

  /// Kernels keep their precision in an autocast scope: only the convolution is in bfloat16.
  @Test func autocastLeavesKernelsAlone() {
    let conv = Self.group()
    let grid = GroupSamples.grid(8, of: .so2)
    let x = GroupFeatures(images([2, 24, 9, 9]), grid)
    let (weight, y) = withAutocast { (conv.weight(outputs: grid, inputs: grid), conv(x, onto: grid).tensor) }
    #expect(weight.dtype == .float32)
    #expect(difference(weight, conv.weight(outputs: grid, inputs: grid)) == 0)
    #expect(y.dtype == .bfloat16)
    let exact = conv(x, onto: grid).tensor
    #expect(difference(y, exact) < 0.03 * magnitude(exact))
  }

  @Test func wrongInputsStopWithOneSentence() async {
    await #expect(processExitsWith: .failure) {
      _ = ConvolutionTests.group()(GroupFeatures(Tensor.zeros([1, 16, 9, 9]), GroupSamples.grid(8, of: .so2)))
    }
    await #expect(processExitsWith: .failure) {
      _ = ConvolutionTests.group(padding: .valid)(
        GroupFeatures(Tensor.zeros([1, 24, 4, 4]), GroupSamples.grid(8, of: .so2)))
    }
  }
}
