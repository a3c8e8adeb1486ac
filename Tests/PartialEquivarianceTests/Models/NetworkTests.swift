import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

@Suite struct NetworkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var architecture = NetworkOptions.Architecture.ckResNet
    var group = Group.so2
    var count = 4
    var method = GroupSampling.Method.deterministic
    var isPartial = false
    var norm = GroupNormalization.Kind.batch
    var kind = ContinuousKernel.Kind.siren
    var lastOutputs = GroupConvolution.Outputs.sampled
    var pooling = NetworkOptions.Pooling.maximum
    var isAugerino = false

    var testDescription: String {
      "\(isAugerino ? "augerino " : "")\(architecture.rawValue) \(group)/\(count) \(method) \(isPartial ? "partial" : "full") "
        + "\(norm.rawValue) \(kind.rawValue) \(lastOutputs.rawValue) \(pooling)"
    }

    var options: NetworkOptions {
      NetworkOptions(
        architecture, hidden: 4, widths: [1, 2], poolBlocks: architecture == .ckResNet ? [0, 1] : [1],
        dropoutBlocks: architecture == .gcnn ? [2] : [], dropout: 0.2, norm: norm,
        sampling: GroupSampling(group, count: count, method: method, perLayer: method == .random), isPartial: isPartial,
        kernel: ContinuousKernel(kind, hidden: 8), kernelSize: .pixels(3), lastOutputs: lastOutputs, pooling: pooling)
    }

    func network(seed: UInt64 = 51) throws -> PartialNetwork {
      var rng = Generator(seed: seed)
      if isAugerino { return try AugerinoNetwork(options, channels: 1, side: 12, classes: 3, rng: &rng) }
      switch architecture {
      case .ckResNet: return try CKResNet(options, channels: 1, side: 12, classes: 3, rng: &rng)
      case .gcnn: return try GCNN(options, channels: 1, side: 12, classes: 3, rng: &rng)
      }
    }
  }

  static let cases: [Case] = [
    Case(), Case(count: 8, norm: .layer), Case(group: .o2, count: 8), Case(method: .random), Case(kind: .magnet),
    Case(method: .random, isPartial: true), Case(group: .o2, count: 8, method: .random, isPartial: true),
    Case(group: .o2, count: 8, isPartial: true), Case(architecture: .gcnn),
    Case(architecture: .gcnn, group: .o2, count: 8),
    Case(architecture: .gcnn, count: 8, method: .random, isPartial: true),
  ]

  static let others: [Case] = [
    Case(count: 1), Case(group: .o2, count: 8, lastOutputs: .identity), Case(lastOutputs: .identity),
    Case(group: .o2, count: 8, lastOutputs: .singularIdentity), Case(pooling: .learned),
    Case(count: 8, method: .random, isAugerino: true),
    Case(architecture: .gcnn, group: .o2, count: 8, method: .random, isAugerino: true),
  ]

  /// Passes in training mode, which move the statistics of the batch norms away from where they begin.
  static func warmUp(_ network: PartialNetwork, _ dtype: DType = .float32) {
    network.train()
    for seed in 0..<3 {
      _ = withoutGradient { network(images([6, 1, 12, 12], seed: UInt64(60 + seed), dtype: dtype)) }
    }
    network.eval()
  }

  @Test(arguments: cases) func logitsAreInvariant(_ test: Case) throws {
    for (dtype, tolerance) in [(DType.float32, 1e-5), (.float64, 1e-9)] {
      let network = try test.network()
      network.to(dtype)
      Self.warmUp(network, dtype)
      let x = images([2, 1, 12, 12], dtype: dtype)
      withoutGradient {
        let logits = network(x)
        for element in latticeElements(of: test.group) {
          let turned = network(movedImages(x, by: element, in: test.group))
          #expect(difference(turned, logits) < tolerance * max(1, magnitude(logits)), "\(element) in \(dtype)")
        }
        // An image that is another one gives other logits.
        #expect(difference(network(x.flip([0])), logits) > 1e-4)
        if !test.group.hasReflections { #expect(difference(network(x.flip([3])), logits) > 1e-4) }
      }
    }
  }

  /// Where a layer has lost part of the group, so has the network.
  @Test func aNarrowSupportBreaksTheInvariance() throws {
    let network = try Case(count: 8, method: .random, isPartial: true).network()
    Self.warmUp(network)
    let x = images([2, 1, 12, 12])
    func change(_ turns: Int) -> Double { withoutGradient { difference(network(x), network(x.rot90(turns))) } }
    #expect(change(1) < 1e-5)
    for sampler in network.learnedSamplers { sampler.support?.update { $0 * 0.2 } }
    #expect(change(1) > 1e-3)
    #expect(change(2) > 1e-3)
  }

  @Test(arguments: cases + others) func exportsArePlainNetworksWithTheSameLogits(_ test: Case) throws {
    let network = try test.network()
    for sampler in network.learnedSamplers { sampler.support?.update { $0 * 0.7 } }
    Self.warmUp(network)
    let plain = network.export()
    plain.eval()
    let x = images([3, 1, 12, 12])
    try withoutGradient {
      let logits = network(x)
      let scale = max(1, magnitude(logits))
      #expect(difference(plain(x), logits) < 1e-5 * scale)
      let script = try torchScript(of: plain)
      #expect(difference(script(x), logits) < 1e-5 * scale)
    }
  }

  /// Fusion makes copies of layers; a copy gives the same and shares no memory.
  @Test(arguments: others.filter(\.isAugerino)) func averagedCopiesCanBeFused(_ test: Case) throws {
    let network = try test.network()
    Self.warmUp(network)
    let plain = network.export()
    let fused = Sequential([Identity(), plain]).fused()
    let x = images([3, 1, 12, 12])
    withoutGradient {
      let expected = plain(x)
      #expect(difference(fused(x), expected) < 1e-6 * max(1, magnitude(expected)))
      for named in plain.parameters { named.parameter.update { $0 * 2 } }
      for named in plain.buffers { named.buffer.update { $0 * 2 } }
      #expect(difference(plain(x), expected) > 1e-3)
      #expect(difference(fused(x), expected) < 1e-6 * max(1, magnitude(expected)))
    }
  }

  /// A listing tells for each layer what it uses of the group, with nothing where nothing is drawn.
  @Test func sampledLayersAreListed() throws {
    let partial = try Case(group: .o2, count: 8, method: .random, isPartial: true, lastOutputs: .identity).network()
    for sampler in partial.learnedSamplers { sampler.support?.update { $0 * 0.5 } }
    let layers = partial.sampledLayers
    #expect(
      layers.map(\.name) == ["lift", "blocks.0.conv1", "blocks.0.conv2", "blocks.1.conv1", "blocks.1.conv2", "last"])
    #expect(layers.map(\.elements) == [8, 4, 4, 4, 4, 1])
    #expect(layers.map { $0.support?.width } == [nil, 0.5, 0.5, 0.5, 0.5, nil])
    #expect(layers.allSatisfy { $0.kernelSize == 3 })
    let augerino = try Self.others.filter(\.isAugerino)[0].network().sampledLayers
    #expect(augerino.map(\.name).prefix(2) == ["sampler", "network.lift"])
    #expect(augerino.map { $0.support != nil }.prefix(2) == [true, false])
    #expect(augerino.map(\.elements).prefix(2) == [8, 1])
  }

  @Test(arguments: cases + others) func everyParameterLearns(_ test: Case) throws {
    let network = try test.network()
    let loss = crossEntropy(
      logits: network(images([6, 1, 12, 12])), targets: Tensor([0, 1, 2, 0, 1, 2], shape: [6]))
    loss.backward()
    for named in network.parameters where !named.key.hasSuffix("support") {
      // The bias of a convolution before an instance norm has no influence, and its gradient is zero up to rounding.
      #expect(named.parameter.grad?.isAllFinite == true, "\(named.key)")
    }
    if test.isPartial || test.isAugerino {
      let gradients = network.learnedSamplers.compactMap { $0.support?.grad }
      #expect(!gradients.isEmpty && gradients.contains { magnitude($0) > 0 })
    }
  }

  /// Saved parameters, buffers and generators are all that a training needs to go on in the same way.
  @Test func stateIsComplete() throws {
    let test = Case(count: 8, method: .random, isPartial: true)
    let network = try test.network()
    let x = images([6, 1, 12, 12])
    _ = network(x)
    let state = network.stateDict()
    let generators = network.generatorStates
    let expected = (0..<3).map { _ in network(x).detach() }
    let other = try test.network(seed: 99)
    try other.load(state)
    try other.loadGeneratorStates(generators)
    for logits in expected { #expect(difference(other(x), logits) == 0) }
    #expect(other.steps.value.integer() == 4)
  }

  @Test func temperaturesFollowTheSteps() throws {
    let network = try Case(group: .o2, count: 8, isPartial: true).network()
    network.trainingSteps = 2
    let x = images([4, 1, 12, 12])
    for _ in 0..<5 { _ = network(x) }
    #expect(network.steps.value.integer() == 5)
    network.eval()
    _ = network(x)
    #expect(network.steps.value.integer() == 5, "tests are no steps")
    #expect(network(x).isAllFinite)
  }

  @Test func oddImagesAndSizesAreRefused() {
    func expect(_ error: NetworkError, side: Int = 12, _ change: (inout NetworkOptions) -> Void) {
      var options = Case().options
      change(&options)
      #expect(throws: error) {
        var rng = Generator(seed: 1)
        if options.architecture == .gcnn {
          _ = try GCNN(options, channels: 1, side: side, classes: 2, rng: &rng)
        } else {
          _ = try CKResNet(options, channels: 1, side: side, classes: 2, rng: &rng)
        }
      }
    }
    expect(.evenKernel(4)) { $0.kernelSize = .pixels(4) }
    expect(.kernelTooLarge(layer: "the last convolution", kernelSize: 5, side: 3)) { $0.kernelSize = .pixels(5) }
    expect(.poolsAway(layer: "block 1", side: 1), side: 3) { $0.poolBlocks = [0, 1] }
    expect(.noBlock(option: "poolBlocks", block: 3, blocks: 2)) { $0.poolBlocks = [3] }
    expect(.noBlock(option: "dropoutBlocks", block: 9, blocks: 2)) { $0.dropoutBlocks = [9] }
    expect(.dropout(1.5)) { $0.dropout = 1.5 }
    expect(.size(name: "hidden", value: 0)) { $0.hidden = 0 }
    expect(.size(name: "blocks", value: 0)) { $0.widths = [] }
    expect(.weight(name: "widths", value: -1)) { $0.widths = [-1] }
    expect(.weight(name: "kernelNorm", value: -1)) { $0.kernelNormWeight = -1 }
    expect(.kernel("omega0 must be a positive number, found 0.0")) { $0.kernel.omega0 = 0 }
    expect(.kernel("a siren needs layers of at least 2, found 1")) { $0.kernel.layers = 1 }
    expect(.learnedPoolingOfPartial) {
      $0.isPartial = true
      $0.pooling = .learned
    }
    expect(.residualOnly("pooling: learned")) {
      $0.architecture = .gcnn
      $0.dropoutBlocks = []
      $0.pooling = .learned
    }
    expect(.sampling(.oddCount(7))) { $0.sampling = GroupSampling(.o2, count: 7) }
  }
}
