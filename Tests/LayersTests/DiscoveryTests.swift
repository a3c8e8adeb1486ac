import Layers
import Tensors
import Testing

private class Base: Module {
  let first: Parameter
  let runningMean: Buffer
  let scratch = Buffer(Tensor.zeros([3]), isPersistent: false)

  override init() {
    first = Parameter(Tensor.ones([2]))
    runningMean = Buffer(Tensor.zeros([2]))
  }
}

private class Middle: Base {
  var optionalBias: Parameter?
  let absent: Parameter? = nil
}

private final class Net: Middle {
  let conv2DLayer: Linear
  let blocks: [Layer]
  let maybe: [Linear?]
  let dropout: Dropout
  let sizes = [1, 2, 3]
  let names = ["a": 1]
  let text = "text"
  let cache = Derived<Tensor>()
  let closure: (Tensor) -> Tensor = { $0 }
  let pair = (1, "b")

  init(rng: inout Generator) {
    conv2DLayer = Linear(from: 2, to: 3, rng: &rng)
    blocks = [Linear(from: 1, to: 1, rng: &rng), Identity(), BatchNorm1D(2)]
    maybe = [nil, Linear(from: 1, to: 2, hasBias: false, rng: &rng)]
    dropout = Dropout(probability: 0.5, rng: &rng)
    super.init()
    optionalBias = Parameter(Tensor.zeros([4]))
    _ = cache.value(of: [first]) { Tensor.ones([7]) }
  }

  override class var stateKeys: [String: String] { super.stateKeys.merging(["optionalBias": "bias"]) { $1 } }
}

private final class Shared: Module {
  let a: Linear
  let b: Linear
  init(rng: inout Generator) {
    a = Linear(from: 1, to: 1, rng: &rng)
    b = a
  }
}

@Suite struct DiscoveryTests {
  @Test func findsPartsInOrder() {
    var rng = Generator(seed: 0)
    let net = Net(rng: &rng)
    #expect(
      net.parameters.map(\.key) == [
        "first", "bias", "conv2d_layer.weight", "conv2d_layer.bias", "blocks.0.weight", "blocks.0.bias",
        "blocks.2.weight", "blocks.2.bias", "maybe.1.weight",
      ])
    #expect(
      net.buffers.map(\.key) == [
        "running_mean", "scratch", "blocks.2.running_mean", "blocks.2.running_var", "blocks.2.num_batches_tracked",
      ])
    #expect(!net.stateDict().keys.contains("scratch"))
    #expect(net.stateDict().keys.contains("running_mean"))
    #expect(net.generators.map(\.key) == ["dropout.random"])
    #expect(
      net.namedModules.map(\.key) == ["", "conv2d_layer", "blocks.0", "blocks.1", "blocks.2", "maybe.1", "dropout"])
    #expect(net.parameterCount == 2 + 4 + 9 + 2 + 4 + 2)
    #expect(expectEveryParameterIsRegistered(net) == net.parameters.map(\.key))
  }

  @Test func keysAreTheSameInEveryMode() {
    var rng = Generator(seed: 0)
    let net = Net(rng: &rng)
    let keys = net.stateDict().keys
    net.eval()
    #expect(net.stateDict().keys == keys)
    #expect(net.modules.allSatisfy { !$0.isTraining })
    net.train()
    #expect(net.stateDict().keys == keys)
    #expect(net.modules.allSatisfy { $0.isTraining })
    net.blocks[0].eval()
    net.evaluating { #expect(net.modules.allSatisfy { !$0.isTraining }) }
    #expect(net.modules.filter { !$0.isTraining }.count == 1)
  }

  @Test func sharedPartsCountOnceButKeepBothKeys() throws {
    var rng = Generator(seed: 0)
    let shared = Shared(rng: &rng)
    #expect(shared.parameters.map(\.key) == ["a.weight", "a.bias"])
    #expect(shared.stateDict().keys == ["a.weight", "a.bias", "b.weight", "b.bias"])
    try shared.load(shared.stateDict())
  }

  @Test func convertsTypes() throws {
    var rng = Generator(seed: 0)
    let net = Net(rng: &rng)
    let versions = net.parameters.map(\.parameter.version)
    net.to(.float64)
    #expect(net.parameters.allSatisfy { $0.parameter.value.dtype == .float64 && $0.parameter.value.requiresGradient })
    #expect(net.buffers.filter { $0.buffer.value.dtype == .int64 }.map(\.key) == ["blocks.2.num_batches_tracked"])
    #expect(zip(versions, net.parameters).allSatisfy { $0 < $1.parameter.version })
    net.to(.cpu)
    #expect(net.parameters.allSatisfy { $0.parameter.value.device == .cpu })
  }

  @Test func printsATree() {
    var rng = Generator(seed: 0)
    let net = Sequential(Conv2D(from: 1, to: 4, kernelSize: 3, padding: 1, rng: &rng), Activation(.elu(1)))
    #expect(
      net.description == """
        Sequential()  [40 parameters]
          0: Conv2D(from: 1, to: 4, kernelSize: 3, padding: 1)  [40 parameters]
          1: Activation(.elu(1.0))
        """)
  }

  @Test func derivedValuesFollowTheirSources() throws {
    let parameter = Parameter(Tensor.ones([2]))
    let derived = Derived<Double>()
    var computed = 0
    func value() -> Double {
      derived.value(of: [parameter]) {
        computed += 1
        return parameter.value.sum().item()
      }
    }
    #expect(value() == 2 && value() == 2 && computed == 1)
    parameter.assign(Tensor.full([2], 3))
    #expect(value() == 6 && computed == 2)
    parameter.update { $0 * 2 }
    #expect(value() == 12 && computed == 3)
    parameter.zeroGradient()
    #expect(value() == 12 && computed == 3)
  }

  @Test func parametersCopyTheirFirstValue() {
    let tensor = Tensor.zeros([2])
    let parameter = Parameter(tensor)
    parameter.assign(Tensor.ones([2]))
    #expect(tensor.sum().item() == 0)
    #expect(parameter.value.requiresGradient)
    parameter.requiresGradient = false
    #expect(!parameter.value.requiresGradient && parameter.grad == nil)
  }
}
