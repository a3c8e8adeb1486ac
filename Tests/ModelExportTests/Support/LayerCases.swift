import Layers
import Tensors
import Testing

/// A plain layer with an input that it takes.
struct LayerCase: CustomTestStringConvertible, Sendable {
  let name: String
  /// The shape of one sample.
  let shape: Shape
  let make: @Sendable (inout Generator) -> Layer
  var testDescription: String { name }

  init(_ name: String, _ shape: Shape = [4, 7, 6], _ make: @escaping @Sendable (inout Generator) -> Layer) {
    self.name = name
    self.shape = shape
    self.make = make
  }

  /// The layer in evaluation mode, with statistics and affine parts that are not trivial.
  func trained(_ rng: inout Generator) -> Layer {
    let layer = make(&rng)
    for named in layer.parameters where named.parameter.shape.count == 1 {
      named.parameter.update { $0 + 0.3 * Tensor.randn($0.shape, using: &rng) }
    }
    for _ in 0..<2 { _ = withoutGradient { layer(samples(6, &rng) * 1.5 + 0.3) } }
    layer.eval()
    return layer
  }

  func samples(_ count: Int, _ rng: inout Generator) -> Tensor { Tensor.randn(Shape([count] + shape), using: &rng) }

  /// Every layer with each of its options.
  static let all: [LayerCase] = maps + normalizations + functions + pools + resizes + arrangements + operations

  /// Layers to which nonlinearities of fields are exported, and operations that no plain layer consists of alone.
  private static let operations: [LayerCase] = [
    LayerCase("norm-over-channels") { _ in NormOverChannelGroups(sizes: [2, 2]) },
    LayerCase("norm-over-channels-mixed", [6, 3, 2]) { _ in NormOverChannelGroups(sizes: [1, 3, 2]) },
    LayerCase("rms-norm-over-channels") { _ in RMSNormOverChannelGroups(sizes: [1, 3]) },
    LayerCase("channel-affine") {
      ChannelAffine(scale: Tensor.randn([4], using: &$0), shift: Tensor.randn([4], using: &$0))
    },
    LayerCase("norm-factor-relu") {
      Sequential(Activation(.abs), NormFactor(.relu, bias: Tensor.randn([4], using: &$0)))
    },
    LayerCase("norm-factor-softplus") {
      Sequential(Activation(.abs), NormFactor(.softplus, bias: Tensor.randn([4], using: &$0)))
    },
    LayerCase("product") { Product(Activation(.tanh), Conv2D(from: 4, to: 4, kernelSize: 1, rng: &$0)) },
    LayerCase("branches") {
      ChannelBranches(sizes: [1, 3], [Activation(.relu), Conv2D(from: 3, to: 2, kernelSize: 1, rng: &$0)])
    },
    LayerCase("norm-max-pool") { _ in NormMaxPool2D(sizes: [1, 3], kernelSize: 3, stride: 2, padding: 1) },
    LayerCase("direction-of-maximum") { DirectionOfMaximum(Tensor.randn([2, 2], using: &$0), runs: 2) },
    LayerCase("norm-max-pool-rounding-up") { _ in NormMaxPool2D(sizes: [3, 1], kernelSize: 2, roundsUp: true) },
    LayerCase("norm-factor-squash") { _ in Sequential(Activation(.abs), NormFactor(.squash)) },
    LayerCase("pooled-by-brightness") { _ in PooledByBrightness() },
    LayerCase("row-of-brightest-channel") { RowOfBrightestChannel(Tensor.randn([4, 3], using: &$0)) },
    LayerCase("norm-scaled") { _ in NormScaled() },
  ]

  private static let maps: [LayerCase] = [
    LayerCase("linear", [6]) { Linear(from: 6, to: 3, rng: &$0) },
    LayerCase("linear-plain", [6]) { Linear(from: 6, to: 3, hasBias: false, rng: &$0) },
    LayerCase("linear-axes", [5, 6]) { Linear(from: 6, to: 3, rng: &$0) },
    LayerCase("linear-axes-plain", [2, 5, 6]) { Linear(from: 6, to: 3, hasBias: false, rng: &$0) },
    LayerCase("conv1d", [4, 9]) { Conv1D(from: 4, to: 6, kernelSize: 3, stride: 2, padding: 1, groups: 2, rng: &$0) },
    LayerCase("conv1d-circular", [4, 9]) {
      Conv1D(from: 4, to: 6, kernelSize: 3, padding: 2, paddingMode: .circular, rng: &$0)
    },
    LayerCase("conv2d") { Conv2D(from: 4, to: 6, kernelSize: 3, rng: &$0) },
    LayerCase("conv2d-options") {
      Conv2D(
        from: 4, to: 6, kernelSize: [3, 2], stride: [2, 1], padding: [2, 1], dilation: [1, 2], groups: 2,
        hasBias: false, rng: &$0)
    },
    LayerCase("conv2d-reflect") {
      Conv2D(from: 4, to: 2, kernelSize: 3, padding: [2, 1], paddingMode: .reflect, rng: &$0)
    },
    LayerCase("conv2d-replicate") {
      Conv2D(from: 4, to: 2, kernelSize: 3, stride: 2, padding: [1, 3], paddingMode: .replicate, rng: &$0)
    },
    LayerCase("conv2d-circular") {
      Conv2D(from: 4, to: 2, kernelSize: 5, padding: [2, 1], paddingMode: .circular, rng: &$0)
    },
    LayerCase("conv3d", [2, 4, 5, 3]) {
      Conv3D(from: 2, to: 3, kernelSize: 2, stride: [1, 2, 1], padding: [0, 1, 0], rng: &$0)
    },
    LayerCase("conv-transposed", [4, 3, 4]) {
      ConvTransposed2D(
        from: 4, to: 6, kernelSize: [3, 4], stride: [2, 3], padding: 1, outputPadding: [1, 2], dilation: [1, 2],
        groups: 2, rng: &$0)
    },
    LayerCase("depthwise-constant") {
      DepthwiseConstantConv2D(kernel: Tensor.randn([3, 5], using: &$0), stride: [2, 1], padding: [1, 2])
    },
    LayerCase("pad") { _ in Pad2D(top: 1, bottom: 2, left: 0, right: 3) },
    LayerCase("pad-crop") { _ in Pad2D(top: -1, bottom: 2, left: 1, right: -2) },
    LayerCase("pad-reflect") { _ in Pad2D(top: 1, bottom: 2, left: 4, right: 3, mode: .reflect) },
    LayerCase("pad-replicate") { _ in Pad2D(top: 1, bottom: 2, left: 4, right: 3, mode: .replicate) },
    LayerCase("pad-circular") { _ in Pad2D(top: 1, bottom: 2, left: 4, right: 3, mode: .circular) },
  ]

  private static let normalizations: [LayerCase] = [
    LayerCase("batch-norm1d", [4]) { _ in BatchNorm1D(4, epsilon: 1e-3) },
    LayerCase("batch-norm1d-signals", [4, 5]) { _ in BatchNorm1D(4) },
    LayerCase("batch-norm2d") { _ in BatchNorm2D(4) },
    LayerCase("batch-norm2d-plain") { _ in BatchNorm2D(4, isAffine: false) },
    LayerCase("batch-norm3d", [2, 2, 3, 2]) { _ in BatchNorm3D(2) },
    LayerCase("layer-norm", [3, 5, 6]) { _ in LayerNorm([5, 6]) },
    LayerCase("layer-norm-plain", [3, 5, 6]) { _ in LayerNorm([6], epsilon: 1e-3, isAffine: false) },
    LayerCase("group-norm") { _ in GroupNorm(groups: 2, channels: 4) },
    LayerCase("group-norm-vectors", [6]) { _ in GroupNorm(groups: 2, channels: 6) },
    LayerCase("group-norm-plain") { _ in GroupNorm(groups: 4, channels: 4, isAffine: false) },
    LayerCase("instance-norm") { _ in InstanceNorm2D(4, isAffine: true) },
    LayerCase("instance-norm-plain") { _ in InstanceNorm2D(4, epsilon: 1e-2) },
  ]

  private static let functions: [LayerCase] = {
    let kinds: [Activation.Kind] = [
      .relu, .elu(0.7), .leakyRelu(0.2), .sigmoid, .tanh, .softplus, .gelu, .silu, .abs, .softmax, .logSoftmax,
    ]
    return kinds.map { kind in LayerCase("activation-\(kind)") { _ in Activation(kind) } }
      + [
        LayerCase("multiply") { Multiply(Tensor.randn([7, 6], using: &$0)) },
        LayerCase("multiply-channels") { Multiply(Tensor.randn([1, 4, 1, 1], using: &$0)) },
        LayerCase("residual") {
          Residual(Activation(.tanh), shortcut: Conv2D(from: 4, to: 4, kernelSize: 1, rng: &$0))
        },
        LayerCase("identity") { _ in Identity() },
        LayerCase("dropout") { Sequential(Dropout(probability: 0.4, rng: &$0), Activation(.relu)) },
      ]
  }()

  private static let pools: [LayerCase] = [
    LayerCase("max-pool") { _ in MaxPool2D(kernelSize: 2) },
    LayerCase("max-pool-up") { _ in MaxPool2D(kernelSize: 3, stride: 2, padding: 1, roundsUp: true) },
    LayerCase("max-pool-up-strides") { _ in MaxPool2D(kernelSize: [2, 4], stride: [3, 4], roundsUp: true) },
    LayerCase("max-pool-dilated") { _ in MaxPool2D(kernelSize: 2, stride: 1, dilation: [2, 3]) },
    LayerCase("max-pool-dilated-up", [4, 10, 9]) { _ in
      MaxPool2D(kernelSize: [2, 3], stride: [4, 3], padding: 1, dilation: [4, 2], roundsUp: true)
    },
    LayerCase("avg-pool") { _ in AvgPool2D(kernelSize: [2, 3], stride: 1, padding: [1, 1]) },
    LayerCase("avg-pool-uncounted") { _ in AvgPool2D(kernelSize: 3, stride: 2, padding: 1, countsPadding: false) },
    LayerCase("avg-pool-up") { _ in AvgPool2D(kernelSize: 3, stride: 2, padding: 1, roundsUp: true) },
    LayerCase("avg-pool-up-rest") { _ in
      AvgPool2D(kernelSize: [4, 2], stride: [4, 3], padding: [1, 0], roundsUp: true)
    },
    LayerCase("avg-pool-up-uncounted") { _ in
      AvgPool2D(kernelSize: [4, 3], stride: [4, 2], padding: 1, roundsUp: true, countsPadding: false)
    },
    LayerCase("adaptive-avg-1") { _ in AdaptiveAvgPool2D() },
    LayerCase("adaptive-avg-odd") { _ in AdaptiveAvgPool2D(outputSize: [3, 4]) },
    LayerCase("adaptive-avg-larger") { _ in AdaptiveAvgPool2D(outputSize: [9, 5]) },
    LayerCase("adaptive-max-1") { _ in AdaptiveMaxPool2D() },
    LayerCase("adaptive-max-odd") { _ in AdaptiveMaxPool2D(outputSize: [3, 4]) },
    LayerCase("adaptive-max-larger") { _ in AdaptiveMaxPool2D(outputSize: [9, 5]) },
    LayerCase("max-over-channels") { _ in MaxOverChannelGroups(groupSize: 2, channels: 4) },
    LayerCase("max-over-channels-mixed", [6, 3, 2]) { _ in MaxOverChannelGroups(sizes: [1, 3, 2]) },
    LayerCase("max-over-channels-vectors", [6]) { _ in MaxOverChannelGroups(sizes: [2, 3, 1]) },
  ]

  private static let resizes: [LayerCase] = [
    LayerCase("resize-nearest-double") { _ in Upsample2D(.scale(2), mode: .nearest) },
    LayerCase("resize-nearest") { _ in Upsample2D(.size([17, 4]), mode: .nearest) },
    LayerCase("resize-nearest-exact") { _ in Upsample2D(.size([10, 13]), mode: .nearestExact) },
    LayerCase("resize-nearest-exact-triple") { _ in Upsample2D(.scale(3), mode: .nearestExact) },
    LayerCase("resize-bilinear") { _ in Upsample2D(.scale(2)) },
    LayerCase("resize-bilinear-size") { _ in Upsample2D(.size([5, 11])) },
    LayerCase("resize-bilinear-corners") { _ in Upsample2D(.size([5, 11]), alignsCorners: true) },
    LayerCase("resize-bilinear-corners-one") { _ in Upsample2D(.size([1, 9]), alignsCorners: true) },
    LayerCase("resize-bilinear-one") { _ in Upsample2D(.size([1, 1])) },
    LayerCase("resize-bicubic") { _ in Upsample2D(.scale(2), mode: .bicubic) },
    LayerCase("resize-bicubic-corners") { _ in Upsample2D(.size([9, 4]), mode: .bicubic, alignsCorners: true) },
  ]

  private static let arrangements: [LayerCase] = [
    LayerCase("channels") { _ in ChannelPermutation([2, 0, 1, 1, 3]) },
    LayerCase("flatten") { _ in Flatten() },
    LayerCase("flatten-pixels") { _ in Flatten(from: 2) },
    LayerCase("flatten-nothing", [5]) { _ in Flatten() },
    LayerCase("reshape") { _ in Reshape([6, 28]) },
  ]
}
