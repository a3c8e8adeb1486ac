import Foundation
import Layers
import Optimizers
import Tensors
import Testing

@Suite struct ClippingTests {
  @Test(arguments: [1.0, 100.0])
  func normAgreesWithPyTorch(_ limit: Double) throws {
    let golden = try #require(OptimizerGoldens.file?.clipping["\(Int(limit))"])
    let pair = Pair()
    (pair.w.value.pow(3).sum() + pair.b.value.square().sum()).backward()
    let norm = clipGradients(of: pair.parameters, norm: limit)
    #expect(abs(norm - golden.norm) < 1e-12)
    #expect(difference(try #require(pair.w.grad), golden.w) < 1e-12)
    #expect(difference(try #require(pair.b.grad), golden.b) < 1e-12)
  }

  @Test func mixedTypes() {
    let a = Parameter(Tensor.ones([4], dtype: .float64))
    let b = Parameter(Tensor.ones([4], dtype: .float32))
    (a.value.sum() * 3 + b.value.sum().to(.float64) * 4).backward()
    let named = [NamedParameter(key: "a", parameter: a), NamedParameter(key: "b", parameter: b)]
    #expect(abs(gradientNorm(of: named) - 10) < 1e-6)
    clipGradients(of: named, norm: 1)
    #expect(abs(gradientNorm(of: named) - 1) < 1e-5)
  }

  @Test func values() throws {
    let pair = Pair()
    (pair.w.value.square().sum() * 4).backward()
    clipGradients(of: pair.parameters, value: 0.5)
    let gradient = try #require(pair.w.grad)
    #expect(gradient.abs().max().item() == 0.5)
    #expect(gradient.min().item() == -0.5)
    #expect(pair.b.grad == nil)
  }

  @Test func gradientsThatAreNotFiniteAreDetectedAndNotUsed() throws {
    let pair = Pair()
    var sgd = SGD(pair.parameters, learningRate: 0.1)
    let before = pair.stateDict()
    let norm = sgd.step(clipping: .norm(1)) { (pair.loss(0) * Double.nan).backward() }
    #expect(try #require(norm).isNaN)
    #expect(pair.stateDict().isIdentical(to: before))
    let fine = sgd.step(clipping: .norm(1)) { pair.loss(0).backward() }
    #expect(try #require(fine) > 0)
    #expect(!pair.stateDict().isIdentical(to: before))
  }

  @Test func noParametersHaveNormZero() { #expect(gradientNorm(of: []) == 0) }

  @Test func stepForgetsOldGradients() {
    let pair = Pair()
    var sgd = SGD(pair.parameters, learningRate: 0.1)
    pair.loss(0).backward()
    let single = gradientNorm(of: pair.parameters)
    #expect(sgd.step(clipping: .norm(1e9)) { pair.loss(0).backward() } == single)
  }
}
