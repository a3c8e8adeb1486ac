import Layers
import OrderedCollections
import Tensors
import TestSupport
import Testing

@Suite struct DropoutTests {
  @Test func keepsTheMeanAndTheRate() {
    var rng = Generator(seed: 3)
    let dropout = Dropout(probability: 0.3, rng: &rng)
    let y = dropout(Tensor.ones([200, 500]))
    let zeros = y.equal(to: 0.0).to(.float64).mean().item()
    #expect(abs(zeros - 0.3) < 0.01)
    #expect(abs(y.mean().item() - 1) < 0.02)
    #expect(abs(y.max().item() - 1 / 0.7) < 1e-6)
  }

  @Test func theOrderInMemoryAndThreadsDoNotMatter() {
    let x = Tensor.ones([3, 5, 40, 37])
    func dropped(_ x: Tensor) -> Tensor {
      var rng = Generator(seed: 3)
      return Dropout(probability: 0.4, rng: &rng)(x)
    }
    let y = dropped(x)
    #expect(difference(dropped(x.toMemoryFormat(.channelsLast)), y) == 0)
    #expect(difference(dropped(x.permute([3, 1, 2, 0]).contiguous().permute([3, 1, 2, 0])), y) == 0)
  }

  @Test func gradientsPassWhereNumbersDo() {
    var rng = Generator(seed: 3)
    let dropout = Dropout(probability: 0.4, rng: &rng)
    let x = Tensor.randn([3, 5, 4, 7], using: &rng).requiringGradient()
    let y = dropout(x.toMemoryFormat(.channelsLast))
    let slope = Tensor.randn(y.shape, using: &rng)
    let found = gradients(of: (y * slope).sum(), with: [x])[0]
    #expect(difference(found * x, y * slope) < 1e-6)
  }

  /// Neighbors in each direction, images and draws are independent: correlations of 200,000 numbers are below 4 / √n.
  @Test func drawsAreIndependent() {
    var rng = Generator(seed: 11)
    let dropout = Dropout(probability: 0.5, rng: &rng)
    let ones = Tensor.ones([4, 50, 32, 32])
    let (first, second) = (dropout(ones) - 1.0, dropout(ones) - 1.0)
    for axis in 0..<4 {
      let length = ones.shape[axis]
      let (a, b) = (
        first.narrow(axis, start: 0, length: length - 1), first.narrow(axis, start: 1, length: length - 1)
      )
      #expect(abs((a * b).mean().item()) < 0.01, "axis \(axis)")
    }
    #expect(abs((first * second).mean().item()) < 0.01)
    #expect(abs(first.mean().item()) < 0.01)
  }

  @Test func wholeChannels() {
    var rng = Generator(seed: 3)
    let dropout = Dropout(probability: 0.5, wholeChannels: true, rng: &rng)
    let y = dropout(Tensor.ones([8, 16, 3, 3]))
    let minima = y.min(along: [2, 3])
    #expect(difference(minima, y.max(along: [2, 3])) == 0)
    #expect(minima.min().item() == 0 && minima.max().item() == 2)
  }

  @Test func evaluationReturnsTheInput() {
    var rng = Generator(seed: 3)
    let dropout = Dropout(probability: 0.9, rng: &rng)
    dropout.eval()
    let x = Tensor.randn([4], using: &rng)
    #expect(difference(dropout(x), x) == 0)
  }

  @Test func sameSeedGivesSameNumbersAndLayersDiffer() {
    var first = Generator(seed: 5)
    var second = Generator(seed: 5)
    let x = Tensor.ones([64])
    let a = Sequential(Dropout(probability: 0.5, rng: &first), Dropout(probability: 0.5, rng: &first))
    let b = Sequential(Dropout(probability: 0.5, rng: &second), Dropout(probability: 0.5, rng: &second))
    #expect(difference(a(x), b(x)) == 0)
    #expect(difference(a[0](x), a[1](x)) > 0)
  }

  @Test func resumesFromSavedGenerators() throws {
    var rng = Generator(seed: 5)
    let net = Sequential(Dropout(probability: 0.5, rng: &rng), Dropout(probability: 0.2, rng: &rng))
    let x = Tensor.ones([64])
    _ = net(x)
    let saved = net.generatorStates
    #expect(saved.keys.elements == ["0.random", "1.random"])
    let expected = [net(x), net(x)]
    var other = Generator(seed: 99)
    let resumed = Sequential(Dropout(probability: 0.5, rng: &other), Dropout(probability: 0.2, rng: &other))
    try resumed.loadGeneratorStates(saved)
    #expect(difference(resumed(x), expected[0]) == 0)
    #expect(difference(resumed(x), expected[1]) == 0)
  }

  @Test func wrongGeneratorStatesAreRefused() {
    var rng = Generator(seed: 5)
    let net = Sequential(Dropout(probability: 0.5, rng: &rng))
    var saved = net.generatorStates
    saved["0.random"] = [1, 2, 3]
    saved["other"] = []
    do {
      try net.loadGeneratorStates(saved)
      Issue.record("loaded")
    } catch {
      #expect(error.description.contains("\"0.random\" is not the state of a generator"))
      #expect(error.description.contains("unexpected key \"other\""))
    }
  }
}
