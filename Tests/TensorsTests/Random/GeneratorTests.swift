import Tensors
import Testing

@Suite("Generators")
struct GeneratorTests {
  @Test func theEnginesOwnStream() {
    // torch.manual_seed(0); torch.rand(3)
    var rng = Generator(seed: 0)
    let numbers = Tensor.rand([3], using: &rng).scalars(as: Float.self)
    #expect(numbers == [0.49625658988952637, 0.7682217955589294, 0.08847743272781372])
    // torch.manual_seed(0); torch.randn(2)
    var other = Generator(seed: 0)
    let normal = Tensor.randn([2], using: &other).scalars(as: Float.self)
    #expect(abs(normal[0] - 1.5409961) < 1e-6 && abs(normal[1] + 0.2934289) < 1e-6)
  }

  @Test func copiesContinueOnTheirOwn() {
    var a = Generator(seed: 7)
    _ = Tensor.randn([3], using: &a)
    var b = a
    let fromA = Tensor.randn([20], using: &a)
    let fromB = Tensor.randn([20], using: &b)
    #expect(fromA.maxAbsDifference(to: fromB) == 0)
    #expect(a == b)
    _ = a.next()
    #expect(a != b)
  }

  @Test func stateRoundTrip() throws {
    var rng = Generator(seed: 123)
    _ = Tensor.randn([5], using: &rng)
    _ = rng.next()
    let state = rng.state
    let expected = (Tensor.randn([17], using: &rng), rng.next(), Tensor.permutation(50, using: &rng))
    var restored = try #require(Generator(state: state))
    #expect(Tensor.randn([17], using: &restored).maxAbsDifference(to: expected.0) == 0)
    #expect(restored.next() == expected.1)
    #expect(Tensor.permutation(50, using: &restored).maxAbsDifference(to: expected.2) == 0)
    rng.state = state
    #expect(Tensor.randn([17], using: &rng).maxAbsDifference(to: expected.0) == 0)
    #expect(Generator(state: [1, 2, 3]) == nil)
    #expect(Generator(state: [UInt8](repeating: 0, count: state.count)) == nil, "a state of zeros is not one")
  }

  @Test func splitsAreIndependentAndReproducible() {
    var a = Generator(seed: 1)
    var b = Generator(seed: 1)
    var childA = a.split()
    var childB = b.split()
    #expect(childA.next() == childB.next())
    #expect(a.next() == b.next())
    var sibling = a.split()
    #expect(sibling.next() != childA.next())
    let pairs = Tensor.stacked([
      Tensor.randn([4000], using: &childA, dtype: .float64), Tensor.randn([4000], using: &a, dtype: .float64),
    ])
    let correlation = (pairs[0] * pairs[1]).mean().item()
    #expect(abs(correlation) < 0.06)
    #expect(abs(pairs.variance().item() - 1) < 0.06)
  }

  @Test func allBitsOfTheSeedCount() {
    var low = Generator(seed: 5)
    var high = Generator(seed: 5 | 1 << 40)
    #expect(low.next() != high.next())
    var swift = Generator(seed: 11)
    let shuffled = (0..<20).shuffled(using: &swift)
    #expect(shuffled.sorted() == Array(0..<20) && shuffled != Array(0..<20))
  }

  @Test func distributions() {
    var rng = Generator(seed: 3)
    let uniform = Tensor.rand([10_000], using: &rng, low: -2, high: 4, dtype: .float64)
    #expect(uniform.min().item() >= -2 && uniform.max().item() < 4)
    #expect(abs(uniform.mean().item() - 1) < 0.08)
    let normal = Tensor.randn([10_000], using: &rng, mean: 3, standardDeviation: 0.5)
    #expect(abs(normal.mean().item() - 3) < 0.03 && abs(normal.std().item() - 0.5) < 0.03)
    let dice = Tensor.randint(1..<7, [6000], using: &rng)
    #expect(dice.min().integer() == 1 && dice.max().integer() == 6)
    #expect(Tensor.permutation(100, using: &rng).sorted().values.scalars() == Array(0..<100))
    let coins = Tensor.full([10_000], 0.25).bernoulli(using: &rng)
    #expect(abs(coins.mean().item() - 0.25) < 0.03)
  }

  @Test func operatorsByNameDrawToo() {
    var a = Generator(seed: 9)
    var b = a
    let drawn = Torch.call(
      "aten::normal", overload: "float_float", [0.0, 1.0, [4]], named: ["generator": .drawing(from: &a)])
    #expect(drawn[0].tensor?.maxAbsDifference(to: Tensor.randn([4], using: &b)) == 0)
    #expect(a == b)
  }
}
