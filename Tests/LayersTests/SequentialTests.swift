import Layers
import Tensors
import TestSupport
import Testing

@Suite struct SequentialTests {
  static func network(_ rng: inout Generator) -> Sequential {
    Sequential(
      Conv2D(from: 2, to: 4, kernelSize: 3, padding: 1, paddingMode: .circular, rng: &rng),
      BatchNorm2D(4), Activation(.elu(1)), Dropout(probability: 0.2, rng: &rng),
      Residual(
        Sequential(Conv2D(from: 4, to: 4, kernelSize: 3, padding: 1, hasBias: false, rng: &rng), BatchNorm2D(4))),
      MaxPool2D(kernelSize: 2), Sequential(Conv2D(from: 4, to: 6, kernelSize: 1, rng: &rng), BatchNorm2D(6)),
      MaxOverChannelGroups(sizes: [1, 3, 2]), ChannelPermutation([2, 0, 1, 1]), Pad2D(1, mode: .reflect),
      DepthwiseConstantConv2D(kernel: Tensor.full([3, 3], 1.0 / 9), stride: 2, padding: 1),
      Multiply(Tensor.full([1, 1, 3, 3], 0.5)), Flatten(), Linear(from: 36, to: 8, hasBias: false, rng: &rng),
      BatchNorm1D(8), Reshape([2, 4]), Flatten())
  }

  /// A network whose statistics and affine parts are not trivial, in evaluation mode.
  static func trained(_ rng: inout Generator) -> Sequential {
    let net = network(&rng)
    for named in net.parameters where named.key.hasSuffix("weight") && named.parameter.shape.count == 1 {
      named.parameter.update { $0 + 0.3 * Tensor.randn($0.shape, using: &rng) }
    }
    for _ in 0..<3 { _ = withoutGradient { net(Tensor.randn([5, 2, 8, 8], using: &rng) * 2 + 1) } }
    net.eval()
    return net
  }

  @Test func keysAndShapes() {
    var rng = Generator(seed: 1)
    let net = Self.network(&rng)
    #expect(net.parameters.prefix(3).map(\.key) == ["0.weight", "0.bias", "1.weight"])
    #expect(net.parameters.map(\.key).contains("4.body.0.weight"))
    let x = Tensor.randn([5, 2, 8, 8], using: &rng)
    net.eval()
    let outputs = net.outputs(for: x)
    #expect(outputs.map(\.shape) == net.outputShapes(for: x.shape))
    #expect(outputs.count == net.count)
    #expect(difference(net(x), outputs[outputs.count - 1]) == 0)
  }

  @Test func fusionKeepsTheOutput() throws {
    var rng = Generator(seed: 2)
    let net = Self.trained(&rng)
    net.to(.float64)
    let fused = net.fused()
    // Two normalizations and the dropout are gone.
    #expect(fused.count == net.count - 3)
    #expect(net.modules.filter { $0 is BatchNormLayer }.count == 4)
    #expect(!fused.modules.contains { $0 is BatchNormLayer })
    let x = Tensor.randn([3, 2, 8, 8], using: &rng, dtype: .float64)
    #expect(difference(fused(x), net(x)) < 1e-12)
    #expect(net.parameters.map(\.key).contains("1.weight"), "the original is not changed")
  }

  @Test func scriptAgreesAndHasTheSameNames() throws {
    var rng = Generator(seed: 3)
    let net = Self.trained(&rng)
    let x = Tensor.randn([3, 2, 8, 8], using: &rng)
    let script = try torchScript(of: net)
    #expect(difference(script(x), net(x)) < 1e-6)
    let names = Set(script.names)
    for named in net.parameters { #expect(names.contains(named.key)) }
    #expect(names.contains("1.running_mean") && names.contains("10.weight"))
    let single = x.narrow(0, start: 1, length: 1)
    #expect(difference(script(single), net(single)) < 1e-6)
  }

  @Test func memoryFormatDoesNotChangeTheOutput() {
    var rng = Generator(seed: 5)
    let net = Self.trained(&rng)
    let x = Tensor.randn([3, 2, 8, 8], using: &rng)
    let y = net(x)
    net.to(.channelsLast)
    #expect(net.parameters[0].parameter.value.isContiguous(.channelsLast))
    #expect(difference(net(x.toMemoryFormat(.channelsLast)), y) < 1e-5)
  }

  /// A conversion to what a module has already keeps its gradients and derived values.
  @Test func conversionsThatChangeNothing() {
    var rng = Generator(seed: 6)
    let net = Self.network(&rng)
    net(Tensor.randn([5, 2, 8, 8], using: &rng)).sum().backward()
    let versions = net.parameters.map(\.parameter.version) + net.buffers.map(\.buffer.version)
    net.to(.float32)
    net.to(Device.cpu)
    net.to(MemoryFormat.contiguous)
    #expect(net.parameters.map(\.parameter.version) + net.buffers.map(\.buffer.version) == versions)
    #expect(parametersWithoutGradient(in: net).isEmpty)
    net.to(.float64)
    #expect(net.parameters.allSatisfy { $0.parameter.value.dtype == .float64 && $0.parameter.grad == nil })
  }

  @Test func trainsInReducedPrecision() throws {
    var rng = Generator(seed: 6)
    let net = Self.network(&rng)
    let x = Tensor.randn([5, 2, 8, 8], using: &rng)
    withAutocast(dtype: .bfloat16) { net(x) }.to(.float32).square().mean().backward()
    for named in net.parameters {
      let gradient = try #require(named.parameter.grad)
      #expect(gradient.dtype == .float32 && gradient.isAllFinite, "\(named.key)")
    }
  }

  @Test func gradientsReachEveryParameter() {
    var rng = Generator(seed: 4)
    let net = Self.network(&rng)
    #expect(parametersWithoutGradient(in: net).count == net.parameters.count)
    net(Tensor.randn([5, 2, 8, 8], using: &rng)).sum().backward()
    #expect(parametersWithoutGradient(in: net).isEmpty)
  }

  @Test func maximaOverChannelGroups() {
    var rng = Generator(seed: 4)
    let x = Tensor.randn([2, 6, 3, 3], using: &rng)
    let equal = MaxOverChannelGroups(groupSize: 3, channels: 6)(x)
    let mixed = MaxOverChannelGroups(sizes: [1, 3, 2])(x)
    func expected(_ start: Int, _ length: Int) -> Tensor { x.narrow(1, start: start, length: length).max(along: 1) }
    #expect(difference(equal, Tensor.stacked([expected(0, 3), expected(3, 3)], along: 1)) == 0)
    #expect(difference(mixed, Tensor.stacked([expected(0, 1), expected(1, 3), expected(4, 2)], along: 1)) == 0)
  }

  /// In a process of its own, because other tests make tensors at the same time.
  @Test func noTensorsLeak() async {
    await #expect(processExitsWith: .success) {
      var rng = Generator(seed: 4)
      let net = Self.network(&rng)
      func step() {
        net.zeroGradients()
        net(Tensor.randn([5, 2, 8, 8], using: &rng)).square().mean().backward()
        _ = net.stateDict()
      }
      for _ in 0..<2 { step() }
      net.zeroGradients()
      let before = Torch.liveTensorCount
      for _ in 0..<20 { step() }
      net.zeroGradients()
      let after = Torch.liveTensorCount
      Torch.require(before == after, "\(after - before) tensors leaked")
    }
  }
}
