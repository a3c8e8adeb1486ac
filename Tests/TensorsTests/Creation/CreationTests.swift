import Tensors
import Testing

@Suite("Creation and reading")
struct CreationTests {
  @Test func fromNumbers() {
    #expect(Tensor([1.5, 2.5]).dtype == .float64)
    #expect(Tensor([Float(1)]).dtype == .float32)
    #expect(Tensor([1, 2]).dtype == .int64)
    #expect(Tensor([UInt8(200)]).dtype == .uint8)
    #expect(Tensor([true, false]).dtype == .bool)
    #expect(Tensor([Int8(-3)]).scalars(as: Int.self) == [-3])
    #expect(Tensor([1.5, 2.5], dtype: .float32).scalars(as: Float.self) == [1.5, 2.5])
    let matrix = Tensor([[1, 2, 3], [4, 5, 6]])
    #expect(matrix.shape == [2, 3])
    #expect(matrix.transpose(0, 1).scalars(as: Int32.self) == [1, 4, 2, 5, 3, 6])
    #expect(Tensor(2.5).item() == 2.5 && Tensor(2.5).rank == 0)
    #expect(Tensor([Double]()).shape == [0])
    #expect(Tensor([Double]()).scalars(as: Double.self).isEmpty)
    #expect(Tensor([7], shape: []).integer() == 7)
  }

  @Test func fromBytes() {
    let numbers: [UInt16] = [0x3C00, 0xC000, 0x7BFF]
    let half = numbers.withUnsafeBytes { Tensor(bytes: $0, shape: [3], dtype: .float16) }
    #expect(half.scalars(as: Double.self) == [1, -2, 65504])
    half.withContiguousBytes { bytes in
      #expect(Array(bytes) == [0x00, 0x3C, 0x00, 0xC0, 0xFF, 0x7B])
    }
    let transposed = Tensor([[UInt8(1), 2], [3, 4]]).transpose(0, 1)
    transposed.withContiguousBytes { #expect(Array($0) == [1, 3, 2, 4]) }
  }

  @Test func factories() {
    #expect(Tensor.full([2], 3.5).scalars(as: Double.self) == [3.5, 3.5])
    #expect(Tensor.full([2], 7, dtype: .int32).scalars(as: Int32.self) == [7, 7])
    #expect(Tensor.ones([2, 2]).sum().item() == 4)
    #expect(Tensor.arange(2, 11, step: 3).scalars(as: Int.self) == [2, 5, 8])
    #expect(Tensor.arange(0.0, 1.0, step: 0.25, dtype: .float64).scalars(as: Double.self) == [0, 0.25, 0.5, 0.75])
    #expect(Tensor.linspace(-1, 1, count: 5, dtype: .float64).scalars(as: Double.self) == [-1, -0.5, 0, 0.5, 1])
    #expect(Tensor.eye(2, 3).scalars(as: Float.self) == [1, 0, 0, 0, 1, 0])
    let like = Tensor.zeros(like: Tensor.ones([3, 1], dtype: .int16))
    #expect(like.shape == [3, 1] && like.dtype == .int16)
  }

  @Test func finiteness() {
    #expect(Tensor([1.0, 2.0]).isAllFinite)
    #expect(!Tensor([1.0, .nan]).isAllFinite)
    #expect(!Tensor([1.0, .infinity]).isAllFinite)
  }

  @Test func clonesAndViewsAreValues() {
    let x = Tensor([1.0, 2.0])
    var y = x
    y += Tensor([1.0, 1.0])
    #expect(x.scalars(as: Double.self) == [1, 2])
    #expect(y.scalars(as: Double.self) == [2, 3])
    #expect(x.isIdentical(to: x.to(.float64)), "no copy where nothing changes")
    #expect(!x.isIdentical(to: x.clone()))
  }
}
