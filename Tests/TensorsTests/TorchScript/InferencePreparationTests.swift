import Tensors
import Testing

/// Programs prepared for inference compute the same in other ways, and do so where they should.
@Suite struct InferencePreparationTests {
  struct Case: Sendable, CustomStringConvertible {
    var size: Int
    var channels: (Int, Int)
    var image = [9, 11]
    var stride = [1, 1]
    var padding = [0, 0]
    var batch = 2
    var hasBias = true
    var isRectified = true
    var description: String { "\(size)² \(channels) \(image) / \(stride) + \(padding), \(batch) images" }
  }

  /// Filters whose windows are sums of five functions, even or odd in rows and in columns.
  private static func structured(_ test: Case, using rng: inout Generator) -> Tensor {
    func function(_ rows: Double, _ columns: Double) -> Tensor {
      let window = Tensor.randn([1, test.size, test.size], using: &rng, dtype: .float64)
      let even = window + window.flip([1]) * rows
      return even + even.flip([2]) * columns
    }
    let functions = [function(1, 1), function(1, 1), function(1, -1), function(-1, 1), function(-1, -1)]
    let coefficients = Tensor.randn([test.channels.1, test.channels.0, 5], using: &rng, dtype: .float64)
    return Tensor.einsum("ocs,sij->ocij", coefficients, Tensor.concatenated(functions))
  }

  private static func random(_ test: Case, using rng: inout Generator) -> Tensor {
    Tensor.randn([test.channels.1, test.channels.0, test.size, test.size], using: &rng, dtype: .float64)
  }

  /// A convolution alone, or with a ReLU.
  private static func program(
    _ test: Case, _ filters: Tensor, _ bias: Tensor, dtype: DType
  ) throws -> TorchScriptModule {
    let convolution = """
      torch.conv2d(x, self.weight, \(test.hasBias ? "self.bias" : "None"), \(test.stride), \(test.padding), [1, 1], 1)
      """
    let parameters = [("weight", filters.to(dtype))] + (test.hasBias ? [("bias", bias.to(dtype))] : [])
    return try TorchScriptModule(
      source: "def forward(self, x):\n  y = \(convolution)\n  return \(test.isRectified ? "torch.relu(y)" : "y")",
      parameters: parameters)
  }

  /// The largest difference between the prepared program and its reference in float64, in units of the largest value.
  private static func error(
    _ test: Case, _ filters: Tensor, dtype: DType, expecting name: String? = nil, rng: inout Generator
  ) throws -> Double {
    let bias = Tensor.randn([test.channels.1], using: &rng, dtype: .float64)
    let images = Tensor.randn(
      Shape([test.batch, test.channels.0] + test.image), using: &rng, dtype: .float64
    ).to(dtype)
    let prepared = try program(test, filters, bias, dtype: dtype).optimizedForInference()
    if let name, Tensor.multipliesBlocks(of: dtype) {
      #expect(prepared.operators.contains(name), "\(prepared.operators)")
      #expect(!prepared.operators.contains("aten::relu"))
    }
    var expected = images.to(.float64).conv2d(
      filters.to(dtype).to(.float64), bias: test.hasBias ? bias.to(dtype).to(.float64) : nil, stride: test.stride,
      padding: test.padding)
    if test.isRectified { expected = expected.relu() }
    // Memory in either order, and a second call, which the engine may optimize.
    var largest = 0.0
    for images in [images, images.toMemoryFormat(.channelsLast)] {
      let result = withoutGradient { prepared(images) }
      #expect(result.dtype == dtype && result.shape == expected.shape)
      let difference: Double = (result.to(.float64) - expected).abs().max().item()
      largest = max(largest, difference / expected.abs().max().item())
    }
    return largest
  }

  private static let factorized = [
    Case(size: 5, channels: (16, 48)),
    Case(size: 5, channels: (72, 100), image: [13, 7], padding: [2, 2]),
    Case(size: 7, channels: (40, 64), padding: [3, 1], hasBias: false, isRectified: false),
    Case(size: 3, channels: (130, 144), image: [6, 5], padding: [1, 1], batch: 3),
    Case(size: 5, channels: (17, 33), image: [12, 10], stride: [2, 1], padding: [1, 2]),
    // Fewer rows of windows than threads, and more windows than a tile has.
    Case(size: 5, channels: (16, 200), image: [5, 150], batch: 1, isRectified: false),
    Case(size: 5, channels: (16, 48), image: [70, 6], padding: [2, 2], batch: 2),
  ]

  @Test(arguments: factorized)
  func fewSharedFunctions(_ test: Case) throws {
    var rng = Generator(seed: 1)
    let filters = Self.structured(test, using: &rng)
    let name = "steerable::factorized_convolution"
    #expect(try Self.error(test, filters, dtype: .float32, expecting: name, rng: &rng) < 2e-6)
    // Three roundings to 8 bits: of filters, images under the functions, and results.
    #expect(try Self.error(test, filters, dtype: .bfloat16, rng: &rng) < 2e-2)
  }

  /// All parities at once, in windows that no exchange of rows and columns maps to each other.
  @Test func functionsOfOneParityOnly() throws {
    let test = Case(size: 5, channels: (16, 32), padding: [2, 2])
    var rng = Generator(seed: 2)
    for (rows, columns) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
      let window = Tensor.randn([2, 5, 5], using: &rng, dtype: .float64)
      let half = window + window.flip([1]) * rows
      let functions = half + half.flip([2]) * columns
      let filters = Tensor.einsum(
        "ocs,sij->ocij", Tensor.randn([32, 16, 2], using: &rng, dtype: .float64), functions)
      let name = "steerable::factorized_convolution"
      #expect(try Self.error(test, filters, dtype: .float32, expecting: name, rng: &rng) < 2e-6)
    }
  }

  private static let filtered = [
    Case(size: 3, channels: (16, 16)),
    Case(size: 3, channels: (40, 176), image: [33, 33], padding: [1, 1], batch: 1),
    Case(size: 3, channels: (70, 70), image: [8, 7], padding: [2, 0], batch: 3, hasBias: false),
    Case(size: 3, channels: (17, 130), image: [3, 4], batch: 5, isRectified: false),
    Case(size: 3, channels: (16, 24), image: [4, 131], padding: [1, 2], batch: 1),
  ]

  @Test(arguments: filtered)
  func threePixels(_ test: Case) throws {
    var rng = Generator(seed: 3)
    let filters = Self.random(test, using: &rng)
    let name = "steerable::filtered_convolution"
    #expect(try Self.error(test, filters, dtype: .float32, expecting: name, rng: &rng) < 5e-6)
    #expect(try Self.error(test, filters, dtype: .bfloat16, rng: &rng) < 4e-2)
  }

  /// Filters without structure, few channels, or a stride: nothing is gained but the order of the filters.
  @Test(arguments: [
    Case(size: 5, channels: (16, 48), padding: [2, 2]), Case(size: 7, channels: (1, 48), isRectified: false),
    Case(size: 3, channels: (16, 48), stride: [2, 2]), Case(size: 3, channels: (3, 32), hasBias: false),
    Case(size: 1, channels: (32, 32)),
  ])
  func others(_ test: Case) throws {
    var rng = Generator(seed: 4)
    let filters = Self.random(test, using: &rng)
    let name = "mkldnn::_convolution_pointwise"
    #expect(try Self.error(test, filters, dtype: .float32, expecting: name, rng: &rng) < 2e-6)
  }

  /// What cannot be done is left to the engine: numbers in float64, and filters that are no constants.
  @Test func whatIsLeftAlone() throws {
    let test = Case(size: 5, channels: (16, 48))
    var rng = Generator(seed: 5)
    let filters = Self.structured(test, using: &rng)
    let bias = Tensor.zeros([48], dtype: .float64)
    let double = try Self.program(test, filters, bias, dtype: .float64).optimizedForInference()
    let images = Tensor.randn([1, 16, 9, 9], using: &rng, dtype: .float64)
    let difference: Double = withoutGradient {
      (double(images) - images.conv2d(filters).relu()).abs().max().item()
    }
    #expect(difference < 1e-9)
    let open = try TorchScriptModule(
      source: "def forward(self, x, w):\n  return torch.conv2d(x, w, None, [1, 1], [0, 0], [1, 1], 1)"
    ).optimizedForInference()
    let result = open([images.to(.float32), filters.to(.float32)])[0]
    let gap: Double = (result.to(.float64) - images.conv2d(filters)).abs().max().item()
    #expect(gap < 1e-3)
  }

  /// A result that something else reads too is not rectified for it.
  @Test(arguments: [3, 5])
  func resultsThatAreReadTwice(_ size: Int) throws {
    let test = Case(size: size, channels: (16, 48), padding: [size / 2, size / 2])
    var rng = Generator(seed: 6)
    let filters = Self.structured(test, using: &rng).to(.float32)
    let images = Tensor.randn([1, 16, 9, 9], using: &rng)
    let prepared = try TorchScriptModule(
      source: """
        def forward(self, x):
          y = torch.conv2d(x, self.w, None, [1, 1], [\(size / 2), \(size / 2)], [1, 1], 1)
          return torch.relu(y) - y
        """, parameters: [("w", filters)]
    ).optimizedForInference()
    let plain = images.conv2d(filters, padding: size / 2)
    let difference: Double = withoutGradient { (prepared(images) - (plain.relu() - plain)).abs().max().item() }
    #expect(difference < 1e-4 * plain.abs().max().item())
  }

  private static let window = "self.k.expand([x.size(1), -1, -1, -1]), None"

  /// The smoothing of each channel, with and without a maximum before it, as networks are exported.
  @Test(arguments: [
    ("torch.max_pool2d(x, [2, 2], [1, 1], [0, 0], [1, 1], False)", true, 2),
    ("torch.max_pool2d(x, [3, 3], [1, 1], [1, 1], [1, 1], False)", true, 1), ("x", true, 2),
    ("torch.max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], False)", false, 1),
  ])
  func smoothing(_ maximum: String, _ isFused: Bool, _ stride: Int) throws {
    var rng = Generator(seed: 7)
    let kernel = Tensor.rand([1, 1, 5, 5], using: &rng)
    let images = Tensor.randn([2, 19, 12, 15], using: &rng)
    let source = """
      def forward(self, x):
        y = \(maximum)
        return torch.conv2d(y, self.k.expand([y.size(1), -1, -1, -1]), None, \([stride, stride]), [2, 1], [1, 1], y.size(1))
      """
    let program = try TorchScriptModule(source: source, buffers: [("k", kernel)])
    let prepared = try program.optimizedForInference()
    #expect(prepared.operators.contains("steerable::smoothed_max_pool"))
    #expect(prepared.operators.contains("aten::max_pool2d") == !isFused)
    let difference: Double = withoutGradient { (prepared(images) - program(images)).abs().max().item() }
    #expect(difference < 1e-5)
  }

  @Test func wrongInputsAreErrors() throws {
    let test = Case(size: 5, channels: (16, 48))
    var rng = Generator(seed: 8)
    let filters = Self.structured(test, using: &rng)
    let prepared = try Self.program(test, filters, Tensor.zeros([48]), dtype: .float32).optimizedForInference()
    for images in [
      Tensor.zeros([1, 16, 9, 9], dtype: .float64), Tensor.zeros([1, 15, 9, 9]), Tensor.zeros([1, 16, 4, 9]),
    ] {
      let error = #expect(throws: TorchError.self) { try prepared.run([images]) }
      #expect(error?.description.hasPrefix("TorchScriptModule.forward(\(images.shape)): ") == true)
    }
    #expect(withoutGradient { prepared(Tensor.zeros([0, 16, 9, 9])) }.shape == [0, 48, 5, 5])
  }
}
