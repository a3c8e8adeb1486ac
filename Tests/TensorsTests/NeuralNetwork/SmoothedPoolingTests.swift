import Tensors
import Testing

/// The one pass over maxima and their smoothing computes what the engine's two operations do, with the gradients.
@Suite struct SmoothedPoolingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let size: Int
    let taps: Int
    let stride: Int
    var padding = 0
    var margin = [0, 0]
    var shape: Shape = [2, 5, 9, 8]
    var testDescription: String {
      "size \(size), taps \(taps), stride \(stride), padding \(padding), margin \(margin), \(shape)"
    }
  }

  static let cases = [
    Case(size: 1, taps: 3, stride: 1, margin: [1, 1]), Case(size: 1, taps: 5, stride: 2, margin: [2, 0]),
    Case(size: 1, taps: 7, stride: 3, margin: [3, 3], shape: [1, 33, 7, 12]),
    Case(size: 2, taps: 5, stride: 2, margin: [2, 2]), Case(size: 2, taps: 3, stride: 3, padding: 1, margin: [2, 1]),
    Case(size: 3, taps: 5, stride: 2, padding: 1, margin: [3, 3], shape: [3, 16, 11, 6]),
    Case(size: 3, taps: 1, stride: 1, shape: [2, 1, 5, 5]),
    Case(size: 4, taps: 3, stride: 4, padding: 2, shape: [1, 8, 6, 6]),
    Case(size: 2, taps: 5, stride: 2, margin: [2, 2], shape: [4, 48, 7, 7]),
  ]

  private func filter(_ taps: Int) -> [Double] { (0..<taps * taps).map { Double(Float(0.3 + 0.1 * Double($0 % 7))) } }

  private func composed(_ x: Tensor, _ test: Case) -> Tensor {
    let channels = x.shape[1]
    let maxima = test.size == 1 ? x : x.maxPool2d(test.size, stride: 1, padding: test.padding)
    let weights = Tensor(filter(test.taps), shape: [1, 1, test.taps, test.taps], dtype: x.dtype)
    return maxima.conv2d(
      weights.expand(to: [channels, 1, test.taps, test.taps]).contiguous(), stride: test.stride, padding: test.margin,
      groups: channels)
  }

  private func pooled(_ x: Tensor, _ test: Case) -> Tensor {
    x.smoothedMaxPool2d(
      test.size, padding: test.padding, filter: filter(test.taps), stride: test.stride, margin: test.margin)
  }

  /// Whole numbers have many equal maxima, of which the first counts.
  private func image(_ test: Case, hasTies: Bool, _ rng: inout Generator) -> Tensor {
    let x = Tensor.randn(test.shape, using: &rng, dtype: .float64)
    return hasTies ? (x * 1.5).floor().relu() : x
  }

  @Test(arguments: cases, [false, true]) func agreesWithTheTwoOperations(test: Case, hasTies: Bool) {
    var rng = Generator(seed: 7)
    for isChannelsLast in [false, true] {
      let image = image(test, hasTies: hasTies, &rng)
      let input = (isChannelsLast ? image.toMemoryFormat(.channelsLast) : image).requiringGradient()
      let (found, expected) = (pooled(input, test), composed(input, test))
      #expect(found.shape == expected.shape)
      #expect(found.maxAbsDifference(to: expected) < 1e-12)
      let slope = Tensor.randn(found.shape, using: &rng, dtype: .float64)
      let (mine, theirs) = (
        gradients(of: (found * slope).sum(), with: [input])[0],
        gradients(of: (expected * slope).sum(), with: [input])[0]
      )
      #expect(mine.maxAbsDifference(to: theirs) < 1e-12)
    }
  }

  @Test(arguments: cases) func otherTypesAreRoundedOnly(test: Case) {
    var rng = Generator(seed: 8)
    for (dtype, tolerance) in [(DType.float32, 1e-6), (.bfloat16, 1e-2)] {
      let image = image(test, hasTies: false, &rng).to(dtype)
      let (rounded, exact) = (image.requiringGradient(), image.to(.float64).requiringGradient())
      let (found, expected) = (pooled(rounded, test), pooled(exact, test))
      #expect(found.dtype == dtype)
      let scale = expected.abs().max().item()
      #expect(found.to(.float64).maxAbsDifference(to: expected) < tolerance * scale)
      let (mine, theirs) = (
        gradients(of: found.to(.float64).square().sum(), with: [rounded])[0],
        gradients(of: expected.square().sum(), with: [exact])[0]
      )
      #expect(mine.dtype == dtype)
      #expect(mine.to(.float64).maxAbsDifference(to: theirs) < 3 * tolerance * theirs.abs().max().item())
    }
  }

  @Test(arguments: cases) func gradientsHaveGradients(test: Case) {
    var rng = Generator(seed: 9)
    let input = image(test, hasTies: false, &rng).requiringGradient()
    let slopes = [pooled, composed].map { function in
      let slope = gradients(of: function(input, test).square().sum(), with: [input], creatingGraph: true)[0]
      return gradients(of: (slope * slope).sum(), with: [input])[0]
    }
    #expect(slopes[0].abs().max().item() > 0)
    #expect(slopes[0].maxAbsDifference(to: slopes[1]) < 1e-9)
  }

  @Test func whatIsNoNumberSpreads() {
    var values = [Float](repeating: 1, count: 36)
    values[14] = .nan
    let y = Tensor(values, shape: [1, 1, 6, 6]).smoothedMaxPool2d(
      2, filter: filter(3), stride: 1, margin: [0, 0])
    #expect(y.isNaN().to(.float32).sum().item() > 0)
  }

  @Test func threadsDoNotMatter() async {
    await #expect(processExitsWith: .success) {
      var rng = Generator(seed: 1)
      let x = Tensor.randn([3, 20, 17, 13], using: &rng)
      let filter = [Double](repeating: 0.2, count: 25)
      func results() -> [Tensor] {
        let input = x.detach().requiringGradient()
        let y = input.smoothedMaxPool2d(2, filter: filter, stride: 2, margin: [2, 2])
        return [y.detach()] + gradients(of: y.square().sum(), with: [input])
      }
      Torch.threads = 1
      let alone = results()
      Torch.threads = 4
      for (a, b) in zip(alone, results()) { Torch.require(a.maxAbsDifference(to: b) == 0, "threads matter") }
    }
  }

  @Test func wrongRequestsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor.ones([1, 1, 2, 2]).smoothedMaxPool2d(3, filter: [1], stride: 1, margin: [0, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.ones([1, 1, 4, 4]).smoothedMaxPool2d(2, filter: [1, 2], stride: 1, margin: [0, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.ones([1, 1, 4, 4]).to(.float16).smoothedMaxPool2d(2, filter: [1], stride: 1, margin: [0, 0])
    }
  }
}
