import Foundation
import Tensors
import Testing

@Suite("Uniform numbers by place")
struct HashedUniformTests {
  private static let count = 1 << 18
  /// Four standard deviations of the mean of `count` numbers with unit variance.
  private static let fourSigma = 4 / Double(count).squareRoot()

  private static func drawn(_ seed: UInt64, skipping skipped: Int = 0) -> Tensor {
    var rng = Generator(seed: seed)
    for _ in 0..<skipped { _ = rng.next() }
    return Tensor.hashedRand([count], using: &rng, dtype: .float64)
  }

  /// The same with mean 0 and variance 1.
  private static func standardized(_ uniform: Tensor) -> Tensor { (uniform - 0.5) * 12.0.squareRoot() }

  /// The largest distance between the distribution of numbers and the uniform one on 0..<1 (Kolmogorov and Smirnov).
  private static func distance(_ uniform: Tensor) -> Double {
    let ranks = (Tensor.arange(0, Double(count), dtype: .float64) + 0.5) / Double(count)
    return uniform.sorted().values.maxAbsDifference(to: ranks) + 0.5 / Double(count)
  }

  @Test(arguments: [0, 1, 2, 12345, 1 << 40] as [UInt64])
  func areUniform(_ seed: UInt64) {
    let numbers = Self.drawn(seed)
    #expect(numbers.min().item() >= 0 && numbers.max().item() < 1)
    #expect(numbers.min().item() < 1e-4 && numbers.max().item() > 1 - 1e-4)
    let standardized = Self.standardized(numbers)
    #expect(abs(standardized.mean().item()) < Self.fourSigma)
    // The square of such a number has variance 4 / 5.
    #expect(abs(standardized.square().mean().item() - 1) < 0.9 * Self.fourSigma)
    // Exceeded once in a million draws; digits from high to low.
    for shift in [0, 4, 8, 16, 24, 30, 34, 40] {
      let digits = numbers * exp2(Double(shift))
      #expect(Self.distance(digits - digits.floor()) < 2.7 / Double(Self.count).squareRoot(), "bits from \(shift) on")
    }
  }

  @Test func negativeControl() {
    var rng = Generator(seed: 1)
    let coarse = (Tensor.hashedRand([Self.count], using: &rng, dtype: .float64) * 64).floor() / 64
    #expect(Self.distance(coarse) > 2.7 / Double(Self.count).squareRoot())
  }

  @Test func placesAreIndependent() {
    let numbers = Self.standardized(Self.drawn(3))
    for lag in [1, 2, 3, 8, 16, 64, 1000, 1024, 4096, 65536] {
      let length = Self.count - lag
      let products = numbers.narrow(0, start: 0, length: length) * numbers.narrow(0, start: lag, length: length)
      #expect(abs(products.mean().item()) < 4 / Double(length).squareRoot(), "lag \(lag)")
    }
  }

  @Test func drawsAndSeedsAreIndependent() {
    let first = Self.standardized(Self.drawn(3))
    var others = (1...4).map { ("draw \($0)", Self.drawn(3, skipping: $0)) }
    others += [2, 4, 3 | 1 << 40].map { ("seed \($0)", Self.drawn($0)) }
    for (name, numbers) in others {
      let other = Self.standardized(numbers)
      for lag in [0, 1, 5] {
        let length = Self.count - lag
        let products = first.narrow(0, start: lag, length: length) * other.narrow(0, start: 0, length: length)
        #expect(abs(products.mean().item()) < 4.5 / Double(length).squareRoot(), "\(name), lag \(lag)")
      }
    }
  }

  /// The definition, number by number, which every processor must give bit for bit.
  @Test func bitsAreThoseOfTheDefinition() {
    func mixed(_ bits: UInt32) -> UInt32 {
      var h = bits
      h ^= h >> 16
      h &*= 0x85eb_ca6b
      h ^= h >> 13
      h &*= 0xc2b2_ae35
      return h ^ h >> 16
    }
    var rng = Generator(seed: 5)
    var keys = rng
    let bits = keys.next()
    let (first, second) = (UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32))
    let (low, high) = (-0.3, 0.7)
    let expected = (0..<5000).map { place in
      let upper = mixed(mixed(UInt32(place) &* 0x9e37_79b1 &+ first) ^ second)
      let uniform = Double(upper) * 0x1p-32 + Double(mixed(upper ^ first) >> 11) * 0x1p-53
      let product = (high - low) * uniform
      return low + product
    }
    let numbers = Tensor.hashedRand([50, 100], using: &rng, low: low, high: high, dtype: .float64)
    #expect(numbers.scalars(as: Double.self) == expected)
    #expect(rng == keys, "a tensor takes 64 bits of the generator")
  }

  @Test func shapesAndTypesDoNotMatter() {
    func drawn(_ shape: Shape, _ dtype: DType) -> Tensor {
      var rng = Generator(seed: 8)
      return Tensor.hashedRand(shape, using: &rng, low: -2, high: 3, dtype: dtype).flatten()
    }
    let numbers = drawn([3, 1500], .float64)
    #expect(drawn([], .float64).item() == numbers[0].item())
    #expect(drawn([0, 4], .float32).count == 0)
    #expect(drawn([1025], .float64).maxAbsDifference(to: numbers.narrow(0, start: 0, length: 1025)) == 0)
    for type in [DType.float32, .bfloat16, .float16] {
      #expect(drawn([4500], type).maxAbsDifference(to: numbers.to(type)) == 0)
    }
  }

  @Test func threadsDoNotMatter() async {
    await #expect(processExitsWith: .success) {
      func drawn(threads: Int) -> Tensor {
        Torch.threads = threads
        var rng = Generator(seed: 8)
        return Tensor.hashedRand([100_003], using: &rng)
      }
      let alone = drawn(threads: 1)
      for threads in [2, 3, 4] {
        Torch.require(drawn(threads: threads).maxAbsDifference(to: alone) == 0, "threads matter")
      }
    }
  }

  @Test func whatCannotBeDrawn() {
    var rng = Generator(seed: 8)
    #expect(throws: TorchError.self) { try CheckedTensor.hashedRand([2], using: &rng, low: 1, high: 0) }
    #expect(throws: TorchError.self) { try CheckedTensor.hashedRand([2], using: &rng, dtype: .int64) }
    #expect(throws: TorchError.self) { try CheckedTensor.hashedRand([1 << 40, 1 << 20], using: &rng) }
  }
}
