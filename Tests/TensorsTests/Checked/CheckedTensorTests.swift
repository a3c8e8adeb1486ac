import Tensors
import Testing

/// The throwing twins that the other suites do not call: they give what the plain operations give, or throw.
@Suite struct CheckedTensorTests {
  static var numbers: Tensor { Tensor([0.25, -0.5, 0.75], dtype: .float64) }

  @Test func elementwiseTwinsAgree() throws {
    let x = Self.numbers
    let pairs: [(Tensor, Tensor)] = [
      (try -x.checked, -x), (try x.checked.abs(), x.abs()), (try x.checked.exp(), x.exp()),
      (try x.checked.sin(), x.sin()), (try x.checked.square(), x.square()), (try x.checked.floor(), x.floor()),
      (try x.checked.clamp(min: 0), x.clamp(min: 0)),
      (try x.checked.clamp(min: -0.1, max: 0.5), x.clamp(min: -0.1, max: 0.5)),
      (try x.checked + 2.0, x + 2), (try x.checked - 1, x - 1), (try x.checked * 3.0, x * 3),
      (try x.checked / 2, x / 2),
      (try x.checked.pow(2.0), x.pow(2)), (try x.checked.remainder(0.5), x.remainder(0.5)),
      (try x.checked.maximum(0.3), x.maximum(0.3)), (try CheckedTensor.pow(2, x), Tensor.pow(2, x)),
      (try x.checked.std(along: 0), x.std(along: 0)), (try x.checked.sum(along: 0), x.sum(along: 0)),
      (try x.checked.norm(1, along: 0), x.norm(1, along: 0)), (try x.checked.clone(), x), (try x.checked.detach(), x),
    ]
    for (index, (checked, plain)) in pairs.enumerated() {
      #expect(checked.dtype == plain.dtype && checked.maxAbsDifference(to: plain) == 0, "case \(index)")
    }
    #expect(try x.checked.less(than: 0.0).scalars(as: Bool.self) == [false, true, false])
    #expect(try Tensor([7]).checked.integer() == 7)
    #expect(try x.checked.isClose(to: x + 1e-12))
  }

  @Test func typesWithoutAnOperationThrow() {
    let truth = Tensor([true])
    let complex = Tensor.complex(real: Self.numbers, imaginary: Self.numbers)
    let failing: [(String, () throws -> Tensor)] = [
      ("-([1])", { try -truth.checked }), ("floor([3])", { try complex.checked.floor() }),
      ("clamp([3])", { try complex.checked.clamp(min: 0) }), ("less([3])", { try complex.checked.less(than: 1.0) }),
      ("maximum([3])", { try complex.checked.maximum(1) }),
    ]
    for (start, body) in failing {
      let error = #expect(throws: TorchError.self, "\(start)") { try body() }
      #expect(error?.description.contains("([") == true, "\(error?.description ?? "")")
    }
    #expect(throws: TorchError.self) { try Self.numbers.checked.integer() }
    #expect(throws: TorchError.self) { try Self.numbers.checked.isClose(to: Tensor.zeros([2], dtype: .float64)) }
  }

  @Test func factoriesTellWhatDoesNotFit() throws {
    var rng = Generator(seed: 3)
    let huge: Shape = [1 << 45]
    let failing: [(String, () throws -> Tensor)] = [
      ("zeros", { try CheckedTensor.zeros(huge) }), ("ones", { try CheckedTensor.ones(huge) }),
      ("full", { try CheckedTensor.full(huge, 2) }), ("linspace", { try CheckedTensor.linspace(0, 1, count: 1 << 45) }),
      ("arange", { try CheckedTensor.arange(0, -3) }), ("eye", { try CheckedTensor.eye(-1) }),
      ("zeros", { try CheckedTensor.zeros([-1]) }),
      ("zeros", { try CheckedTensor.zeros([2], device: .other(type: 77, index: 0)) }),
    ]
    for (operation, body) in failing {
      let error = #expect(throws: TorchError.self) { try body() }
      #expect(error?.details.operation == operation)
    }
    if case .outOfMemory? = #expect(throws: TorchError.self, performing: { try CheckedTensor.zeros(huge) }) {
    } else {
      Issue.record("too large a tensor is not told as lack of memory")
    }
    #expect(throws: TorchError.self) { try CheckedTensor.randn(huge, using: &rng) }
    #expect(throws: TorchError.self) { try CheckedTensor.rand(huge, using: &rng) }
    #expect(throws: TorchError.self) { try CheckedTensor.randint(0..<3, [-1], using: &rng) }
    #expect(throws: TorchError.self) { try CheckedTensor.permutation(-1, using: &rng) }
    #expect(throws: TorchError.self) { try Tensor([2.0]).checked.bernoulli(using: &rng) }
  }

  @Test func randomTwinsDrawTheSameNumbers() throws {
    var (a, b) = (Generator(seed: 9), Generator(seed: 9))
    let pairs = [
      (try CheckedTensor.randn([5], using: &a), Tensor.randn([5], using: &b)),
      (try CheckedTensor.rand([5], using: &a), Tensor.rand([5], using: &b)),
      (try CheckedTensor.permutation(5, using: &a), Tensor.permutation(5, using: &b)),
    ]
    for (checked, plain) in pairs { #expect(checked.maxAbsDifference(to: plain) == 0) }
    #expect(a == b)
  }
}
