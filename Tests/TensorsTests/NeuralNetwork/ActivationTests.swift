import Tensors
import Testing

@Suite struct ActivationTests {
  static func input() -> Tensor { wave(3, 4, 2) * 4 }

  static let cases = [
    GoldenCase("relu") { input().relu() },
    GoldenCase("elu") { input().elu(alpha: 0.7) },
    GoldenCase("leakyRelu") { input().leakyRelu(slope: 0.2) },
    GoldenCase("selu") { input().selu() },
    GoldenCase("silu") { input().silu() },
    GoldenCase("gelu") { input().gelu() },
    GoldenCase("gelu approximate") { input().gelu(approximate: true) },
    GoldenCase("softplus") { input().softplus(beta: 2, threshold: 3) },
    GoldenCase("sigmoid") { input().sigmoid() },
    GoldenCase("logSigmoid") { input().logSigmoid() },
    GoldenCase("tanh") { input().tanh() },
    GoldenCase("hardtanh") { input().hardtanh(min: -0.5, max: 2) },
    GoldenCase("prelu") { input().prelu(wave(4, phase: 1)) },
    GoldenCase("softmax") { input().softmax(along: 1) },
    GoldenCase("logSoftmax") { input().logSoftmax(along: -1) },
  ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  @Test func gradientsAreExact() {
    let functions: [(Tensor) -> Tensor] = [
      { $0.relu() }, { $0.elu(alpha: 0.7) }, { $0.leakyRelu() }, { $0.selu() }, { $0.silu() }, { $0.gelu() },
      { $0.softplus() }, { $0.sigmoid() }, { $0.hardtanh() }, { $0.softmax(along: 1) }, { $0.logSoftmax(along: 0) },
    ]
    for function in functions { expectGradients(of: { function($0[0]) }, at: [wave(3, 4, phase: 0.1)]) }
    expectGradients(of: { $0[0].prelu($0[1]) }, at: [wave(2, 3, 2, phase: 0.1), wave(3, phase: 1)])
  }

  @Test func checkedErrors() {
    #expect(throws: TorchError.self) { try wave(2, 3).checked.softmax(along: 2) }
    #expect(throws: TorchError.self) { try wave(2, 3).checked.prelu(wave(2)) }
  }

  @Test func dropoutKeepsTheMeanAndFollowsTheGenerator() {
    let x = Tensor.ones([200, 50], dtype: .float64)
    var (first, second) = (Generator(seed: 1), Generator(seed: 1))
    let y = x.dropout(0.25, using: &first)
    #expect(Set(y.scalars(as: Double.self)) == [0, 1 / 0.75])
    #expect(abs(y.mean().item() - 1) < 0.03)
    #expect(y.scalars(as: Double.self) == x.dropout(0.25, using: &second).scalars(as: Double.self))
    #expect(first == second)
    #expect(y.scalars(as: Double.self) != x.dropout(0.25, using: &first).scalars(as: Double.self))
    #expect(x.dropout(0.25, isTraining: false, using: &second).isIdentical(to: x))
    #expect(x.dropout(1, using: &second).abs().sum().item() == 0)
  }

  @Test func dropoutSharesItsMask() {
    var rng = Generator(seed: 3)
    let y = Tensor.ones([8, 16, 3, 3]).dropout(0.5, sharedAlong: [2, -1], using: &rng)
    #expect(y.max(along: [2, 3]).scalars(as: Float.self) == y.min(along: [2, 3]).scalars(as: Float.self))
    #expect(Set(y.scalars(as: Float.self)) == [0, 2])
    let x = Tensor.ones([4]).requiringGradient()
    var copy = rng
    let z = x.dropout(0.5, using: &rng)
    #expect(gradients(of: z.sum(), with: [x])[0].scalars(as: Float.self) == z.scalars(as: Float.self))
    #expect(throws: TorchError.self) { try x.checked.dropout(1.5, using: &copy) }
    #expect(throws: TorchError.self) { try x.checked.dropout(0.5, sharedAlong: [1], using: &copy) }
  }
}
