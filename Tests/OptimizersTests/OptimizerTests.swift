import Foundation
import Layers
import OrderedCollections
import Optimizers
import Tensors
import Testing

/// Every kind of optimizer with the options of the script.
enum Variant: String, CaseIterable, Sendable {
  case sgd, sgdDecay = "sgd decay", sgdMomentum = "sgd momentum", sgdDampening = "sgd dampening"
  case sgdNesterov = "sgd nesterov decay", sgdGroups = "sgd groups"
  case adam, adamDecay = "adam decay", adamMaximum = "adam maximum", adamMaximumDecay = "adam maximum decay"
  case adamw, adamwMaximum = "adamw maximum", adamwGroups = "adamw groups"

  func make(_ pair: Pair) -> any Optimizer {
    let all = pair.parameters
    func groups(_ factor: Double) -> [ParameterGroup] {
      [ParameterGroup([all[0]]), ParameterGroup([all[1]], learningRateFactor: factor, weightDecay: 0)]
    }
    return switch self {
    case .sgd: SGD(all, learningRate: 0.1)
    case .sgdDecay: SGD(all, learningRate: 0.1, weightDecay: 0.02)
    case .sgdMomentum: SGD(all, learningRate: 0.1, momentum: 0.9)
    case .sgdDampening: SGD(all, learningRate: 0.1, momentum: 0.9, dampening: 0.3)
    case .sgdNesterov: SGD(all, learningRate: 0.1, momentum: 0.8, isNesterov: true, weightDecay: 0.02)
    case .sgdGroups: SGD(groups: groups(0.5), learningRate: 0.1, momentum: 0.9, weightDecay: 0.1)
    case .adam: Adam(all, learningRate: 0.01)
    case .adamDecay: Adam(all, learningRate: 0.01, betas: (0.8, 0.95), epsilon: 1e-6, weightDecay: 0.1)
    case .adamMaximum: Adam(all, learningRate: 0.01, usesMaximum: true)
    case .adamMaximumDecay: Adam(all, learningRate: 0.01, weightDecay: 0.1, usesMaximum: true)
    case .adamw: AdamW(all, learningRate: 0.01)
    case .adamwMaximum: AdamW(all, learningRate: 0.01, weightDecay: 0.2, usesMaximum: true)
    case .adamwGroups: AdamW(groups: groups(2), learningRate: 0.01, weightDecay: 0.3)
    }
  }
}

@Suite struct OptimizerTests {
  @Test func everyGoldenHasAVariant() throws {
    let goldens = try #require(OptimizerGoldens.file)
    #expect(Set(goldens.runs.keys) == Set(Variant.allCases.map(\.rawValue)))
  }

  /// Fused operations run on dense memory; the lists of single operations on the other.
  @Test(arguments: Variant.allCases, [false, true])
  func agreesWithPyTorch(_ variant: Variant, transposed: Bool) throws {
    let golden = try #require(OptimizerGoldens.file?.runs[variant.rawValue])
    let pair = Pair(transposed: transposed)
    var optimizer = variant.make(pair)
    let version = pair.w.version
    for t in 0..<10 { optimizer.step { pair.loss(t).backward() } }
    #expect(difference(pair.w.value, try #require(golden["w"])) < 1e-12)
    #expect(difference(pair.b.value, try #require(golden["b"])) < 1e-12)
    #expect(pair.w.version == version + 10)
  }

  @Test(arguments: Variant.allCases)
  func float32IsNear(_ variant: Variant) throws {
    let golden = try #require(OptimizerGoldens.file?.runs[variant.rawValue])
    let pair = Pair(dtype: .float32)
    var optimizer = variant.make(pair)
    for t in 0..<10 { optimizer.step { pair.loss(t).backward() } }
    #expect(difference(pair.w.value, try #require(golden["w"])) < 2e-5)
  }

  @Test(arguments: Variant.allCases, [false, true])
  func resumesBitForBit(_ variant: Variant, transposed: Bool) throws {
    let whole = Pair(transposed: transposed, dtype: .float32)
    var first = variant.make(whole)
    for t in 0..<5 { first.step { whole.loss(t).backward() } }
    let weights = whole.stateDict()
    let state = first.state
    for t in 5..<10 { first.step { whole.loss(t).backward() } }

    let resumed = Pair(transposed: transposed, dtype: .float32)
    try resumed.load(weights)
    var second = variant.make(resumed)
    second.learningRate = 123
    try second.load(state)
    for t in 5..<10 { second.step { resumed.loss(t).backward() } }
    #expect(resumed.stateDict().isIdentical(to: whole.stateDict()))
    #expect(StateDict(second.state.tensors).isIdentical(to: StateDict(first.state.tensors)))
    #expect(second.state.scalars == first.state.scalars)
  }

  @Test func stateHasTheNamesOfPyTorch() {
    let pair = Pair()
    var adam = Adam(pair.parameters, learningRate: 0.5, usesMaximum: true)
    #expect(adam.state.tensors.isEmpty)
    adam.step { pair.loss(0).backward() }
    #expect(
      adam.state.tensors.keys.elements == [
        "w.exp_avg", "w.exp_avg_sq", "w.max_exp_avg_sq", "b.exp_avg", "b.exp_avg_sq", "b.max_exp_avg_sq",
      ])
    #expect(adam.state.scalars == ["learning_rate": 0.5, "w.step": 1, "b.step": 1])
  }

  @Test func wrongStatesAreRefusedAndChangeNothing() {
    let pair = Pair()
    var adam = Adam(pair.parameters, learningRate: 0.5)
    adam.step { pair.loss(0).backward() }
    var state = adam.state
    state.tensors["w.exp_avg"] = Tensor.zeros([2], dtype: .float64)
    state.tensors["w.exp_avg_sq"] = nil
    state.tensors["w.exp_avg_sqr"] = Tensor.zeros([3, 4])
    state.scalars["b.step"] = 1.5
    state.scalars["learning_rate"] = 9
    do {
      try adam.load(state)
      Issue.record("loaded")
    } catch {
      let message = error.description
      #expect(message.contains("\"w.exp_avg\" has shape [2], expected [3, 4]"))
      #expect(message.contains("missing key \"w.exp_avg_sq\""))
      #expect(message.contains("unexpected key \"w.exp_avg_sqr\" (did you mean \"w.exp_avg_sq\"?)"))
      #expect(message.contains("\"b.step\" is 1.5, expected a number of steps"))
    }
    #expect(adam.learningRate == 0.5)
    #expect(adam.state.scalars["w.step"] == 1)
  }

  @Test func copiesAreValues() {
    let pair = Pair()
    var first = SGD(pair.parameters, learningRate: 0.1, momentum: 0.9)
    first.step { pair.loss(0).backward() }
    let copy = first
    let before = StateDict(copy.state.tensors)
    first.step { pair.loss(1).backward() }
    #expect(StateDict(copy.state.tensors).isIdentical(to: before))
    #expect(!StateDict(first.state.tensors).isIdentical(to: before))
    #expect(copy.state.scalars["w.step"] == 1 && first.state.scalars["w.step"] == 2)
  }

  @Test func leavesOutParametersWithoutGradient() {
    let pair = Pair()
    pair.b.requiresGradient = false
    var adam = Adam(pair.parameters)
    let before = pair.b.value.clone()
    adam.step { pair.w.value.square().sum().backward() }
    #expect(pair.b.value.maxAbsDifference(to: before) == 0)
    #expect(adam.state.scalars["b.step"] == nil && adam.state.scalars["w.step"] == 1)
    pair.b.requiresGradient = true
    adam.step { pair.loss(0).backward() }
    #expect(adam.state.scalars["b.step"] == 1 && adam.state.scalars["w.step"] == 2)
  }

  @Test func channelsLastWeights() {
    func train(_ format: MemoryFormat) -> Tensor {
      var rng = Generator(seed: 1)
      let layer = Conv2D(from: 3, to: 4, kernelSize: 3, dtype: .float64, rng: &rng)
      let x = Tensor.randn([2, 3, 6, 6], using: &rng, dtype: .float64)
      layer.to(format)
      var adam = AdamW(layer.parameters, learningRate: 0.01)
      for _ in 0..<5 { adam.step { layer(x).square().mean().backward() } }
      return layer.weight.value.detach()
    }
    #expect(train(.contiguous).maxAbsDifference(to: train(.channelsLast)) < 1e-12)
  }

  @Test func groupsThatDecayOnlyMatrices() {
    var rng = Generator(seed: 1)
    let layer = Linear(from: 2, to: 3, rng: &rng)
    let groups = ParameterGroup.decayingOnly(layer.parameters)
    #expect(groups.map { $0.parameters.map(\.key) } == [["weight"], ["bias"]])
    #expect(groups.map(\.weightDecay) == [nil, 0])
  }

  @Test func trainsARegression() {
    var rng = Generator(seed: 8)
    let net = Sequential(
      Linear(from: 2, to: 16, rng: &rng), Activation(.tanh), Linear(from: 16, to: 1, rng: &rng))
    let x = Tensor.randn([64, 2], using: &rng)
    let y = x.narrow(1, start: 0, length: 1) * x.narrow(1, start: 1, length: 1)
    var adam = Adam(net.parameters, learningRate: 0.02)
    func loss() -> Tensor { (net(x) - y).square().mean() }
    let before = loss().item()
    for _ in 0..<200 { adam.step(clipping: .norm(5)) { loss().backward() } }
    #expect(loss().item() < 0.05 * before)
  }

  /// In a process of its own, because other tests make tensors at the same time.
  @Test func noTensorsLeak() async {
    await #expect(processExitsWith: .success) {
      let pair = Pair()
      var optimizers = Variant.allCases.map { $0.make(pair) }
      func step() {
        for index in optimizers.indices { optimizers[index].step(clipping: .norm(1)) { pair.loss(0).backward() } }
      }
      for _ in 0..<2 { step() }
      let before = Torch.liveTensorCount
      for _ in 0..<20 { step() }
      let after = Torch.liveTensorCount
      Torch.require(before == after, "\(after - before) tensors leaked")
    }
  }

  @Test func badOptionsTrap() async {
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let pair = Pair()
      _ = SGD(pair.parameters + pair.parameters, learningRate: 0.1)
    }
    #expect(printed(twice).contains("SGD: parameter \"w\" appears twice"))
    let nesterov = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD(Pair().parameters, learningRate: 0.1, isNesterov: true)
    }
    #expect(printed(nesterov).contains("SGD: Nesterov's rule needs momentum"))
    let betas = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam(Pair().parameters, betas: (0.9, 1))
    }
    #expect(printed(betas).contains("Adam: needs betas in 0..<1, got (0.9, 1.0)"))
  }
}
