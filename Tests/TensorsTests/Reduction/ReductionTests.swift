import Foundation
import Tensors
import Testing

@Suite("Reductions")
struct ReductionTests {
  let x = Tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])

  @Test func sums() {
    #expect(x.sum().item() == 24)
    #expect(x.sum(along: 0).scalars() == [5.0, 7.0, 12.0])
    #expect(x.sum(along: [-1]).scalars() == [6.0, 18.0])
    #expect(x.sum(along: [0, 1], keepingDimensions: true).shape == [1, 1])
    #expect(x.mean(along: 1, keepingDimensions: true).scalars() == [2.0, 6.0])
    #expect(x.product(along: 0).scalars() == [4.0, 10.0, 27.0])
    #expect(x.cumsum(along: 1).scalars() == [1.0, 3.0, 6.0, 4.0, 9.0, 18.0])
    #expect(x.cumprod(along: 0).scalars() == [1.0, 2.0, 3.0, 4.0, 10.0, 27.0])
    #expect(Tensor([1, 2]).sum().dtype == .int64)
    #expect(Tensor([true, true]).sum().integer() == 2)
  }

  @Test func extremes() {
    #expect(x.max().item() == 9 && x.min().item() == 1)
    #expect(x.max(along: 1).scalars() == [3.0, 9.0])
    #expect(x.min(along: [0]).scalars() == [1.0, 2.0, 3.0])
    #expect(x.argmax().integer() == 5)
    #expect(x.argmax(along: 0).scalars() == [1, 1, 1])
    #expect(x.argmin(along: 1, keepingDimensions: true).shape == [2, 1])
    let (values, indices) = x.maxWithIndices(along: 1)
    #expect(values.scalars() == [3.0, 9.0] && indices.scalars() == [2, 2])
  }

  @Test func moments() {
    #expect(abs(x.variance().item() - 8) < 1e-12)
    #expect(abs(x.variance(correction: 0).item() - 40.0 / 6) < 1e-12)
    #expect(x.variance(along: 0).scalars() == [4.5, 4.5, 18.0])
    #expect(abs(x.std(along: 1).scalars(as: Double.self)[0] - 1) < 1e-12)
    #expect(Tensor([3.0, 4.0]).norm().item() == 5)
    #expect(Tensor([3.0, -4.0]).norm(1).item() == 7)
    #expect(x.norm(.infinity, along: 1).scalars() == [3.0, 9.0])
    let expected = log(exp(1.0) + exp(2.0) + exp(3.0))
    #expect(abs(x.logSumExp(along: 1).scalars(as: Double.self)[0] - expected) < 1e-14)
  }

  @Test func truth() {
    let mask = x.greater(than: 2)
    #expect(mask.all().item() == 0 && mask.any().item() == 1)
    #expect(mask.all(along: 0).scalars() == [false, false, true])
    #expect(mask.any(along: [1]).scalars() == [true, true])
  }
}
