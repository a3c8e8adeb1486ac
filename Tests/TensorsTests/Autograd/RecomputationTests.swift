import Tensors
import Testing

@Suite struct RecomputationTests {
  private func values(_ shape: Shape, _ seed: UInt64) -> Tensor {
    var rng = Generator(seed: seed)
    return Tensor.randn(shape, using: &rng, dtype: .float64)
  }

  /// tanh(x w) w², of inputs and parameters.
  private func function(_ x: Tensor, _ w: Tensor) -> Tensor { x.matmul(w).tanh().matmul(w.square()) }

  @Test func valueAndGradientsAreThoseOfTheClosure() {
    let (x, w) = (values([5, 4], 1).requiringGradient(), values([4, 4], 2).requiringGradient())
    let seed = values([5, 4], 3)
    let plain = function(x, w)
    let expected = gradients(of: plain, with: [x, w], seed: seed)
    for uses in [false, true] {
      // Once everything is an input, once the matrix is used in passing.
      let again =
        uses
        ? recomputed([x], parameters: [w]) { self.function($0[0], w) }
        : recomputed([x, w]) { self.function($0[0], $0[1]) }
      #expect((again - plain).abs().max().item() == 0)
      for (found, wanted) in zip(gradients(of: again, with: [x, w], seed: seed), expected) {
        #expect((found - wanted).abs().max().item() == 0)
      }
    }
  }

  @Test func theClosureRunsTwiceAndOnlyWhereNeeded() {
    var calls: [Bool] = []
    let x = values([3], 4).requiringGradient()
    func square(_ tensor: Tensor) -> Tensor {
      recomputed([tensor]) {
        calls.append(isGradientEnabled)
        return $0[0].square()
      }
    }
    let y = square(x)
    #expect(calls == [false])
    y.sum().backward()
    #expect(calls == [false, true])
    #expect(x.grad.map { ($0 - x.detach() * 2.0).abs().max().item() } == 0)
    calls = []
    _ = withoutGradient { square(x) }
    _ = square(x.detach())
    #expect(calls == [false, true])
  }

  @Test func recomputationsNestAndAddUp() {
    let x = values([4, 4], 5).requiringGradient()
    func deep(_ tensor: Tensor, _ depth: Int) -> Tensor {
      depth == 0 ? tensor.sin() : recomputed([tensor]) { deep($0[0].sin(), depth - 1) + $0[0] }
    }
    func plain(_ tensor: Tensor, _ depth: Int) -> Tensor {
      depth == 0 ? tensor.sin() : plain(tensor.sin(), depth - 1) + tensor
    }
    let expected = gradients(of: plain(x, 4).square().sum(), with: [x])[0]
    #expect((gradients(of: deep(x, 4).square().sum(), with: [x])[0] - expected).abs().max().item() < 1e-14)
  }

  @Test func onlyWhatIsAskedForIsDifferentiated() {
    let (x, w) = (values([4, 4], 6), values([4, 4], 7).requiringGradient())
    let y = recomputed([x, w]) { self.function($0[0], $0[1]) }.sum()
    let expected = gradients(of: function(x, w).sum(), with: [w])[0]
    #expect((gradients(of: y, with: [w])[0] - expected).abs().max().item() == 0)
  }

  /// The cast of a weight inside is not kept, and the backward pass computes in the same precision outside of the scope.
  @Test func autocastIsEnteredAgain() {
    let x = values([8, 16], 8).to(.float32).requiringGradient()
    let w = values([16, 8], 9).to(.float32).requiringGradient()
    var types: [DType] = []
    let (plain, again) = withAutocast {
      (
        x.matmul(w),
        recomputed([x], parameters: [w]) {
          let product = $0[0].matmul(w)
          types.append(product.dtype)
          return product
        }
      )
    }
    let expected = gradients(of: plain.to(.float32).square().sum(), with: [x, w])
    let found = gradients(of: again.to(.float32).square().sum(), with: [x, w])
    #expect(types == [.bfloat16, .bfloat16])
    #expect(!Torch.isAutocastEnabled())
    for (a, b) in zip(found, expected) { #expect((a - b).abs().max().item() == 0) }
  }

  @Test func intermediatesAreFreed() {
    let x = values([64, 64], 10).requiringGradient()
    func wide(_ tensor: Tensor) -> Tensor { (0..<20).reduce(tensor) { sum, _ in sum.sin() } }
    let one = 64 * 64 * 8
    let kept = Torch.peakAllocation { wide(x).sum().backward() }.bytes
    let fresh = Torch.peakAllocation {
      (0..<4).reduce(x) { x, _ in recomputed([x]) { (0..<5).reduce($0[0]) { x, _ in x.sin() } } }.sum().backward()
    }.bytes
    #expect(kept >= 20 * one && kept < 30 * one)
    #expect(fresh < 15 * one, "\(fresh / one) matrices")
  }

  @Test func theClosureIsFreedWithTheGraph() {
    final class Token {}
    weak var token: Token?
    do {
      let x = values([2], 11).requiringGradient()
      let strong = Token()
      token = strong
      let y = recomputed([x]) { [strong] inputs in withExtendedLifetime(strong) { inputs[0].exp() } }
      y.sum().backward()
    }
    #expect(token == nil)
  }

  @Test func misuseStopsWithOneSentence() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor([2.0]).requiringGradient()
      _ = gradients(of: recomputed([x]) { $0[0].square() }.sum(), with: [x], creatingGraph: true)
    }
    await #expect(processExitsWith: .failure) {
      let y = recomputed([Tensor([2.0]).requiringGradient()]) { $0[0].square() }.sum()
      y.backward()
      y.backward()
    }
  }
}
