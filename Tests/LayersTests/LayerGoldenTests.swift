import Foundation
import Layers
import Tensors
import TestSupport
import Testing

/// Layers against PyTorch: outputs, gradients, buffers.
@Suite struct LayerGoldenTests {
  /// A layer as in the script, with the shape of its input, the number of calls and whether it is evaluated after them.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let shape: Shape
    var calls = 1
    var evaluatesAfter = 0
    let make: @Sendable (inout Generator) -> Layer
    var testDescription: String { name }

    init(
      _ name: String, _ shape: Shape, calls: Int = 1, evaluatesAfter: Int = 0,
      _ make: @escaping @Sendable (inout Generator) -> Layer
    ) {
      self.name = name
      self.shape = shape
      self.calls = calls
      self.evaluatesAfter = evaluatesAfter
      self.make = make
    }
  }

  static let image: Shape = [2, 4, 5, 6]
  static let small: Shape = [1, 2, 3, 4]
  static let row: Shape = [2, 7]

  static let parametric: [Case] = [
    Case("linear", [2, 4, 6]) { Linear(from: 6, to: 3, dtype: .float64, rng: &$0) },
    Case("linear without bias", [4, 6]) { Linear(from: 6, to: 3, hasBias: false, dtype: .float64, rng: &$0) },
    Case("conv1d", [2, 4, 9]) {
      Conv1D(from: 4, to: 6, kernelSize: 3, stride: 2, padding: 1, groups: 2, dtype: .float64, rng: &$0)
    },
    Case("conv2d", image) { Conv2D(from: 4, to: 2, kernelSize: 3, dtype: .float64, rng: &$0) },
    Case("conv2d options", image) {
      Conv2D(
        from: 4, to: 4, kernelSize: [3, 2], stride: [2, 1], padding: [2, 1], dilation: [1, 2], groups: 2,
        dtype: .float64, rng: &$0)
    },
    Case("conv2d reflect", image) {
      Conv2D(from: 4, to: 2, kernelSize: 3, padding: 2, paddingMode: .reflect, dtype: .float64, rng: &$0)
    },
    Case("conv2d replicate", image) {
      Conv2D(from: 4, to: 2, kernelSize: 3, padding: [1, 2], paddingMode: .replicate, dtype: .float64, rng: &$0)
    },
    Case("conv2d circular", image) {
      Conv2D(
        from: 4, to: 2, kernelSize: 3, padding: [2, 1], paddingMode: .circular, hasBias: false, dtype: .float64,
        rng: &$0)
    },
    Case("conv3d", [1, 2, 3, 4, 3]) {
      Conv3D(from: 2, to: 2, kernelSize: 2, stride: [1, 2, 1], padding: [0, 1, 0], dtype: .float64, rng: &$0)
    },
    Case("convTransposed2d", [1, 4, 3, 4]) {
      ConvTransposed2D(
        from: 4, to: 2, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2, dtype: .float64, rng: &$0)
    },
  ]

  static let normalizing: [Case] = [
    Case("batchNorm1d", [6, 4]) { _ in BatchNorm1D(4, dtype: .float64) },
    Case("batchNorm2d", image) { _ in BatchNorm2D(4, epsilon: 1e-3, momentum: 0.3, dtype: .float64) },
    Case("batchNorm2d average", image) { _ in BatchNorm2D(4, momentum: nil, dtype: .float64) },
    Case("batchNorm2d three calls", image, calls: 3) { _ in BatchNorm2D(4, momentum: nil, dtype: .float64) },
    Case("batchNorm2d evaluation", image, evaluatesAfter: 2) { _ in BatchNorm2D(4, dtype: .float64) },
    Case("batchNorm2d plain", image) { _ in
      BatchNorm2D(4, isAffine: false, tracksStatistics: false, dtype: .float64)
    },
    Case("batchNorm3d", [2, 2, 2, 3, 2]) { _ in BatchNorm3D(2, dtype: .float64) },
    Case("layerNorm", [2, 3, 5, 6]) { _ in LayerNorm([5, 6], dtype: .float64) },
    Case("groupNorm", image) { _ in GroupNorm(groups: 2, channels: 4, dtype: .float64) },
    Case("instanceNorm2d", image) { _ in InstanceNorm2D(4, isAffine: true, dtype: .float64) },
  ]

  static let plain: [Case] = [
    Case("maxPool2d", image) { _ in MaxPool2D(kernelSize: 3, stride: 2, padding: 1, roundsUp: true) },
    Case("maxPool2d dilation", image) { _ in MaxPool2D(kernelSize: 2, stride: 1, dilation: [2, 3]) },
    Case("avgPool2d", image) { _ in
      AvgPool2D(kernelSize: 3, stride: 2, padding: 1, roundsUp: true, countsPadding: false)
    },
    Case("avgPool2d padding", image) { _ in AvgPool2D(kernelSize: [2, 3], padding: [1, 1]) },
    Case("adaptiveAvgPool2d", image) { _ in AdaptiveAvgPool2D(outputSize: [2, 4]) },
    Case("adaptiveMaxPool2d", image) { _ in AdaptiveMaxPool2D(outputSize: 3) },
    Case("upsample bilinear", small) { _ in Upsample2D(.scale(2)) },
    Case("upsample bilinear corners", small) { _ in Upsample2D(.size([5, 7]), alignsCorners: true) },
    Case("upsample bicubic", small) { _ in Upsample2D(.scale(2), mode: .bicubic) },
    Case("upsample nearest", small) { _ in Upsample2D(.scale(3), mode: .nearest) },
    Case("relu", row) { _ in Activation(.relu) },
    Case("elu", row) { _ in Activation(.elu(0.7)) },
    Case("leakyRelu", row) { _ in Activation(.leakyRelu(0.2)) },
    Case("sigmoid", row) { _ in Activation(.sigmoid) },
    Case("tanh", row) { _ in Activation(.tanh) },
    Case("softplus", row) { _ in Activation(.softplus) },
    Case("gelu", row) { _ in Activation(.gelu) },
    Case("silu", row) { _ in Activation(.silu) },
    Case("softmax", row) { _ in Activation(.softmax) },
    Case("logSoftmax", row) { _ in Activation(.logSoftmax) },
  ]

  @Test func everyGoldenHasACase() {
    let names = (Self.parametric + Self.normalizing + Self.plain).map(\.name)
    #expect(!LayerGolden.all.isEmpty)
    #expect(Set(names) == Set(LayerGolden.all.keys))
  }

  @Test(arguments: parametric + normalizing + plain)
  func agreesWithPyTorch(_ example: Case) throws {
    let golden = try #require(LayerGolden.all[example.name])
    var rng = Generator(seed: 1)
    let layer = example.make(&rng)
    func restart() {
      for (index, named) in layer.parameters.enumerated() {
        named.parameter.assign(pattern(named.parameter.shape) { 0.4 * sin($0 + Double(index)) })
      }
    }
    func run(_ call: Int) -> (x: Tensor, y: Tensor) {
      layer.zeroGradients()
      let x = pattern(example.shape) { sin(0.7 * $0 + Double(call)) }.requiringGradient()
      let y = layer(x)
      (y * pattern(y.shape, cos)).sum().backward()
      return (x, y)
    }
    restart()
    for call in 0..<example.evaluatesAfter { _ = run(call) }
    if example.evaluatesAfter > 0 { layer.eval() }
    var result = run(0)
    for call in 1..<max(example.calls, 1) { result = run(call) }
    #expect(Array(result.y.shape) == golden.shape)
    #expect(Array(layer.outputShape(for: example.shape)) == golden.shape)
    #expect(difference(result.y, golden.output) < 1e-11)
    #expect(difference(try #require(result.x.grad), golden.inputGradient) < 1e-11)
    #expect(layer.parameters.count == golden.gradients.count)
    for (named, expected) in zip(layer.parameters, golden.gradients) {
      #expect(difference(try #require(named.parameter.grad), expected) < 1e-11, "\(named.key)")
    }
    #expect(layer.buffers.count == golden.buffers.count)
    for (named, expected) in zip(layer.buffers, golden.buffers) {
      #expect(difference(named.buffer.value, expected) < 1e-11, "\(named.key)")
    }
  }

  @Test(arguments: parametric + normalizing + plain)
  func exportedScriptAgrees(_ example: Case) throws {
    var rng = Generator(seed: 2)
    let layer = example.make(&rng)
    let x = Tensor.randn(example.shape, using: &rng, dtype: .float64)
    _ = withoutGradient { layer(x) }
    layer.eval()
    let y = withoutGradient { layer(x) }
    let script = try torchScript(of: layer)
    #expect(difference(script(x), y) < 1e-12)
    #expect(Set(script.names).isSubset(of: layer.stateDict().keys))
  }
}
