import Tensors
import Testing

@Suite struct AutocastTests {
  struct Stopped: Error {}

  @Test func lowersProductsAndRestores() {
    let (x, weight) = (Tensor.ones([1, 2, 5, 5]), Tensor.full([3, 2, 3, 3], 0.5))
    #expect(!Torch.isAutocastEnabled())
    #expect(Torch.autocastDType() == nil)
    let inside = withAutocast(dtype: .bfloat16) {
      #expect(Torch.isAutocastEnabled())
      #expect(Torch.autocastDType() == .bfloat16)
      #expect(withAutocast(dtype: .float16) { Torch.autocastDType() } == .float16)
      #expect(withAutocast(enabled: false) { Torch.autocastDType() } == nil)
      let suspended = withAutocast(enabled: false) { x.conv2d(weight) }
      #expect(suspended.dtype == .float32)
      #expect(Torch.isAutocastEnabled())
      #expect(Tensor.ones([2, 2]).matmul(.ones([2, 2])).dtype == .bfloat16)
      return x.conv2d(weight)
    }
    #expect(inside.dtype == .bfloat16)
    #expect(inside.to(.float32).scalars(as: Float.self).allSatisfy { $0 == 9 })
    #expect(!Torch.isAutocastEnabled())
    #expect(x.conv2d(weight).dtype == .float32)
    #expect(withAutocast(dtype: .float16) { x.conv2d(weight) }.dtype == .float16)
  }

  @Test func restoresWhenTheBodyThrows() {
    #expect(throws: Stopped.self) { try withAutocast { () throws(Stopped) in throw Stopped() } }
    #expect(!Torch.isAutocastEnabled())
  }

  @Test func gradientsHaveTheParametersType() {
    let weight = Tensor.full([3, 2, 3, 3], 0.5).requiringGradient()
    let loss = withAutocast { Tensor.ones([1, 2, 5, 5]).conv2d(weight).to(.float32).sum() }
    let gradient = gradients(of: loss, with: [weight])[0]
    #expect(gradient.dtype == .float32)
    #expect(gradient.scalars(as: Float.self).allSatisfy { $0 == 9 })
  }

  @Test func castsOfChangedParametersAreNotReused() {
    let weight = Tensor.full([2, 2], 1).requiringGradient()
    let x = Tensor.ones([1, 2])
    #expect(withAutocast { x.matmul(weight) }.to(.float32).scalars(as: Float.self) == [2, 2])
    withoutGradient { weight.copyInPlace(from: .full([2, 2], 3)) }
    #expect(withAutocast { x.matmul(weight) }.to(.float32).scalars(as: Float.self) == [6, 6])
  }

  @Test func otherTypesTrap() async {
    await #expect(processExitsWith: .failure) { withAutocast(dtype: .float64) {} }
  }
}
