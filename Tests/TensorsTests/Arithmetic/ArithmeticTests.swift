import Foundation
import Tensors
import Testing

@Suite("Arithmetic")
struct ArithmeticTests {
  let a = Tensor([1.0, -2.0, 3.0])
  let b = Tensor([2.0, 4.0, -1.0])

  @Test func operators() {
    #expect((a + b).scalars() == [3.0, 2.0, 2.0])
    #expect((a - b).scalars() == [-1.0, -6.0, 4.0])
    #expect((a * b).scalars() == [2.0, -8.0, -3.0])
    #expect((a / b).scalars() == [0.5, -0.5, -3.0])
    #expect((-a).scalars() == [-1.0, 2.0, -3.0])
    #expect((a + 1).scalars() == [2.0, -1.0, 4.0])
    #expect((1 - a).scalars() == [0.0, 3.0, -2.0])
    #expect((2.0 / b).scalars() == [1.0, 0.5, -2.0])
    #expect((0.5 * a - 1.0).scalars() == [-0.5, -2.0, 0.5])
    var x = a
    x *= 2.0
    x -= b
    #expect(x.scalars() == [0.0, -8.0, 7.0])
  }

  @Test func broadcasting() {
    let column = Tensor([[1.0], [10.0]])
    let row = Tensor([[1.0, 2.0, 3.0]])
    let sum = column + row
    #expect(sum.shape == [2, 3])
    #expect(sum.scalars() == [2.0, 3.0, 4.0, 11.0, 12.0, 13.0])
    #expect((Tensor.ones([2, 1, 3]) * Tensor.ones([4, 1])).shape == [2, 4, 3])
    #expect((Tensor.ones([0, 3]) + Tensor.ones([3])).shape == [0, 3])
  }

  @Test func promotion() {
    let integers = Tensor([1, 2])
    #expect((integers + 1).dtype == .int64)
    #expect((integers + 1.0).dtype == .float32)
    #expect((integers / 2).dtype == .float32)
    #expect((integers + Tensor([1.0])).dtype == .float64)
    #expect((Tensor.ones([2], dtype: .bfloat16) + 1.5).dtype == .bfloat16)
    #expect((Tensor.ones([2], dtype: .bfloat16) + Tensor.ones([2], dtype: .float16)).dtype == .float32)
  }

  @Test(arguments: [
    DType.float64, .float32, .bfloat16, .float16, .int64, .int32, .int16, .int8, .uint8, .complex64, .complex128,
  ])
  func everyTypeAddsAndMultiplies(dtype: DType) {
    let x = Tensor([1, 2, 3], dtype: dtype)
    let y = (x * x + x).to(dtype.isComplex ? .complex128 : .float64)
    #expect(y.realPart().scalars() == [2.0, 6.0, 12.0])
    #expect((x * x).dtype == dtype)
  }

  @Test func elementwiseFunctions() {
    let x = 0.3
    func check(_ value: Tensor, _ expected: Double, _ comment: Comment) {
      #expect(abs(value.item() - expected) < 1e-14, comment)
    }
    let t = Tensor(x, dtype: .float64)
    check(t.exp(), exp(x), "exp")
    check(t.exp2(), exp2(x), "exp2")
    check(t.expMinusOne(), expm1(x), "expMinusOne")
    check(t.log(), log(x), "log")
    check(t.log2(), log2(x), "log2")
    check(t.log10(), log10(x), "log10")
    check(t.logOnePlus(), log1p(x), "logOnePlus")
    check(t.sqrt(), x.squareRoot(), "sqrt")
    check(t.reciprocalSqrt(), 1 / x.squareRoot(), "reciprocalSqrt")
    check(t.reciprocal(), 1 / x, "reciprocal")
    check(t.square(), x * x, "square")
    check(t.sin(), sin(x), "sin")
    check(t.cos(), cos(x), "cos")
    check(t.tan(), tan(x), "tan")
    check(t.asin(), asin(x), "asin")
    check(t.acos(), acos(x), "acos")
    check(t.atan(), atan(x), "atan")
    check(t.sinh(), sinh(x), "sinh")
    check(t.cosh(), cosh(x), "cosh")
    check(t.tanh(), tanh(x), "tanh")
    check(t.erf(), erf(x), "erf")
    check(t.erf().inverseErf(), x, "inverseErf")
    check(t.logGamma(), lgamma(x), "logGamma")
    check(t.sinc(), sin(.pi * x) / (.pi * x), "sinc")
    check(t.besselI0(), 1.0226268793515966, "besselI0")
    check(Tensor(-1.7, dtype: .float64).abs(), 1.7, "abs")
    check(Tensor(-1.7, dtype: .float64).floor(), -2, "floor")
    check(Tensor(-1.7, dtype: .float64).ceil(), -1, "ceil")
    check(Tensor(2.5, dtype: .float64).rounded(), 2, "rounded")
    check(Tensor(-1.7, dtype: .float64).truncated(), -1, "truncated")
    check(Tensor(-1.75, dtype: .float64).fraction(), -0.75, "fraction")
    check(Tensor(-1.7, dtype: .float64).sign(), -1, "sign")
  }

  @Test func binaryFunctions() {
    #expect(a.pow(2).scalars() == [1.0, 4.0, 9.0])
    #expect(Tensor.pow(2, Tensor([3.0])).item() == 8)
    #expect(a.pow(Tensor([2.0, 3.0, 0.0])).scalars() == [1.0, -8.0, 1.0])
    #expect(a.maximum(b).scalars() == [2.0, 4.0, 3.0])
    #expect(a.minimum(0).scalars() == [0.0, -2.0, 0.0])
    #expect(a.clamp(min: -1).scalars() == [1.0, -1.0, 3.0])
    #expect(a.clamp(min: -1, max: 2).scalars() == [1.0, -1.0, 2.0])
    #expect(Tensor([7, -7]).remainder(3).scalars() == [1, 2])
    #expect(Tensor([7, -7]).floorDivide(by: 2).scalars() == [3, -4])
    #expect(abs(Tensor([1.0]).atan2(Tensor([-1.0])).item() - 0.75 * .pi) < 1e-15)
    #expect(Tensor([3.0]).hypot(Tensor([4.0])).item() == 5)
  }

  @Test func comparisons() {
    #expect(a.greater(than: b).scalars() == [false, false, true])
    #expect(a.less(than: 0).scalars() == [false, true, false])
    #expect(a.equal(to: 3.0).scalars() == [false, false, true])
    #expect(a.notEqual(to: a).any().item() == 0)
    #expect(a.lessOrEqual(to: 1).scalars() == [true, true, false])
    #expect(a.greaterOrEqual(to: b).scalars() == [false, false, true])
    let positive = a.greater(than: 0)
    #expect(positive.logicalNot().scalars() == [false, true, false])
    #expect(positive.logicalAnd(b.greater(than: 0)).scalars() == [true, false, false])
    #expect(Tensor([6]).bitwiseAnd(Tensor([3])).integer() == 2)
    #expect(Tensor.where(positive, a, b).scalars() == [1.0, 4.0, 3.0])
    #expect(a.replacing(with: 9, where: positive).scalars() == [9.0, -2.0, 9.0])
    #expect(a.isClose(to: a + 1e-9))
    #expect(!a.isClose(to: a + 1e-3))
    #expect(a.maxAbsDifference(to: b) == 6)
  }
}
