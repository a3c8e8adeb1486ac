import Tensors
import Testing

@Suite("The engine")
struct EngineTests {
  @Test func version() {
    #expect(Torch.version.hasPrefix("2.13."))
    #expect(Torch.cudaDeviceCount >= 0)
  }

  @Test func modes() async {
    await #expect(processExitsWith: .success) {
      Torch.threads = 1
      Torch.require(Torch.threads == 1, "threads")
      Torch.setDeterministic(true)
      Torch.require(Torch.isDeterministic, "deterministic")
      Torch.setDeterministic(false)
      Torch.require(!Torch.isDeterministic, "not deterministic")
      Torch.manualSeed(4)
      let a = Torch.call("aten::rand", [[3]])[0].tensor
      Torch.manualSeed(4)
      let b = Torch.call("aten::rand", [[3]])[0].tensor
      guard let a, let b else { Torch.fail("no tensors") }
      Torch.require(a.maxAbsDifference(to: b) == 0, "seed")
    }
    await #expect(processExitsWith: .failure) { Torch.threads = 0 }
  }

  @Test func fullPrecisionIsAScope() async {
    await #expect(processExitsWith: .success) {
      // What the engine begins with.
      Torch.require(Torch.allowsReducedPrecision, "convolutions")
      Torch.withFullPrecision {
        Torch.require(!Torch.allowsReducedPrecision, "inside")
        Torch.withFullPrecision {}
        Torch.require(!Torch.allowsReducedPrecision, "still inside")
        Torch.setReducedPrecision(true)
        Torch.require(!Torch.allowsReducedPrecision, "inside, whatever is set")
      }
      Torch.require(Torch.allowsReducedPrecision, "outside")
      Torch.setReducedPrecision(false)
      Torch.withFullPrecision {}
      Torch.require(!Torch.allowsReducedPrecision, "what was set before")
    }
  }

  // In a process of its own: the other tests hold tensors at the same time.
  @Test func nothingLeaks() async {
    await #expect(processExitsWith: .success) {
      func work() {
        var rng = Generator(seed: 1)
        let x = Tensor.randn([4, 3], using: &rng).requiringGradient()
        let y = Tensor.randn([3, 2], using: &rng).requiringGradient()
        let z = x.matmul(y).tanh()[1..<3, 0]
        let pieces = (z * 2 + 1).chunk(2)
        Tensor.concatenated(pieces).sum().backward()
        _ = gradients(of: x.square().sum(), with: [x], creatingGraph: true)
        _ = x.maxWithIndices(along: 1)
        _ = Torch.call("aten::unbind", overload: "int", [.tensor(x)])
        _ = try? x.checked.matmul(x)
        _ = try? Torch.checkedCall("aten::add", overload: "Tensor", [.tensor(x)])
        _ = x.scalars(as: Double.self)
        x.withContiguousBytes { _ in }
        withoutGradient { x.addInPlace(x, alpha: 0.1) }
        _ = x.grad
      }
      let before = Torch.liveTensorCount
      for _ in 0..<3 { work() }
      Torch.require(Torch.liveTensorCount == before, "\(Torch.liveTensorCount) tensors live, \(before) before")
      let held = [Tensor([1.0]), Tensor([2.0])]
      Torch.require(Torch.liveTensorCount == before + 2, "the counter does not count")
      withExtendedLifetime(held) {}
    }
  }
}
