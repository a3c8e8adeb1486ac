import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct InitializerTests {
  static let shape: Shape = [64, 32, 3, 3]

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let initializer: Initializer
    let variance: Double
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "kaimingUniform", initializer: .kaimingUniform(), variance: 2.0 / 288),
    Case(name: "kaimingNormal out", initializer: .kaimingNormal(fan: .outputs), variance: 2.0 / 576),
    Case(name: "kaimingNormal slope", initializer: .kaimingNormal(slope: 0.5), variance: 1.6 / 288),
    Case(name: "xavierUniform", initializer: .xavierUniform(gain: 2), variance: 8.0 / 864),
    Case(name: "xavierNormal", initializer: .xavierNormal(), variance: 2.0 / 864),
    Case(name: "torchDefault", initializer: .torchDefault, variance: 1.0 / 864),
    Case(name: "normal", initializer: .normal(standardDeviation: 0.2), variance: 0.04),
    Case(name: "uniform", initializer: .uniform(-1, 1), variance: 1.0 / 3),
  ]

  @Test(arguments: cases)
  func hasTheStatedVariance(_ example: Case) {
    let initializer = example.initializer
    let deviation = example.variance.squareRoot()
    var rng = Generator(seed: 11)
    let values = initializer(Self.shape, dtype: .float64, using: &rng)
    #expect(values.shape == Self.shape && values.dtype == .float64)
    #expect(abs(values.std().item() / deviation - 1) < 0.02)
    #expect(abs(values.mean().item()) < 0.03 * deviation)
  }

  @Test(arguments: [[6, 4], [4, 6], [5, 5], [4, 2, 3, 3]])
  func orthogonalMatrices(_ sizes: [Int]) {
    var rng = Generator(seed: 11)
    let values = Initializer.orthogonal(gain: 2)(Shape(sizes), dtype: .float64, using: &rng)
    let rows = sizes[0]
    let columns = sizes.dropFirst().reduce(1, *)
    let matrix = values.reshape([rows, columns])
    let gram = rows <= columns ? matrix.matmul(matrix.transpose()) : matrix.transpose().matmul(matrix)
    #expect(difference(gram, Tensor.eye(min(rows, columns), dtype: .float64) * 4) < 1e-12)
  }

  @Test func constants() {
    var rng = Generator(seed: 11)
    #expect(Initializer.zeros([3], using: &rng).abs().max().item() == 0)
    #expect(Initializer.ones([3], using: &rng).sum().item() == 3)
  }

  @Test func defaultsAreThoseOfPyTorch() throws {
    var rng = Generator(seed: 11)
    let linear = Linear(from: 100, to: 400, rng: &rng)
    #expect(linear.weight.value.abs().max().item() <= 0.1)
    #expect(linear.weight.value.abs().max().item() > 0.099)
    #expect(try #require(linear.bias).value.abs().max().item() <= 0.1)
    let convolution = Conv2D(from: 4, to: 50, kernelSize: 5, rng: &rng)
    #expect(convolution.weight.value.abs().max().item() <= 0.1)
    #expect(convolution.weight.value.abs().max().item() > 0.099)
  }

  @Test func sameSeedGivesSameWeights() {
    var first = Generator(seed: 7)
    var second = Generator(seed: 7)
    let a = Linear(from: 4, to: 4, rng: &first).stateDict()
    #expect(Linear(from: 4, to: 4, rng: &second).stateDict().isIdentical(to: a))
    #expect(!Linear(from: 4, to: 4, rng: &second).stateDict().isIdentical(to: a))
  }
}
