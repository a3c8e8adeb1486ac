public import Layers
public import Symmetry
public import Tensors

/// The common part of convolutions whose weights come from a network of coordinates.
///
/// The weights are generated inside the unit disk only, laid out channels-last, and used in one ordinary convolution. Without
/// gradients they are kept until the elements or the parameters change. Generation runs in the parameters' own precision,
/// in autocast scopes too: frequencies of kernels leave no room for fewer bits.
///
/// **Symmetry**: see the subclasses.
///
/// **State**: `kernel` and `bias` `[outChannels]`, if any.
///
/// **Complexity**: the weights are outChannels · inChannels · M · N · taps numbers for M output and N input elements. Above
/// `chunkLimit` they are made, used and dropped in parts, and made again for the backward pass: a step takes one more
/// forward computation, and memory for the weights of one part.
open class ContinuousConvolution: Module, Convolution {
  /// The network that gives the weights.
  public final let kernel: KernelNetwork
  /// The bias of each output field.
  public final let bias: Parameter?
  /// The number of input fields.
  public final let inChannels: Int
  /// The number of output fields.
  public final let outChannels: Int
  /// The edge of the kernel in pixels.
  public final let kernelSize: Int
  /// What surrounds the image.
  public final let padding: ConvolutionPadding
  /// The group.
  public final let group: Group

  /// The largest number of weights that exist at one time.
  public final var chunkLimit = 1 << 26
  /// Whether a pass in training notes the norm of its weights for `kernelNorm`.
  public final var measuresKernelNorm = false

  final let grid: KernelGrid
  private let kept: Derived<KeptKernel> = Derived()
  private let norm = KernelNormRecord()

  /// What a kernel is a function of.
  enum Domain {
    case plane, planeAndGroup, group

    func dimensions(_ sampling: GroupSampling, _ kernel: ContinuousKernel) -> Int {
      switch self {
      case .plane: 2
      case .planeAndGroup: 2 + kernel.coordinates(sampling)
      case .group: kernel.coordinates(sampling)
      }
    }
  }

  private final let domain: Domain
  private final let angle: ContinuousKernel.Angle

  init(
    from inChannels: Int, to outChannels: Int, domain: Domain, sampling: GroupSampling, kernel: ContinuousKernel,
    kernelSize: Int, padding: ConvolutionPadding, hasBias: Bool, rng: inout Generator
  ) {
    let name = "\(Self.self)"
    guard inChannels > 0, outChannels > 0, kernelSize > 0, kernelSize % 2 == 1 else {
      Torch.fail(
        op: name, "needs positive channels and an odd kernelSize, got \(inChannels), \(outChannels) and \(kernelSize)")
    }
    self.domain = domain
    angle = kernel.angle
    self.inChannels = inChannels
    self.outChannels = outChannels
    self.kernelSize = kernelSize
    self.padding = padding
    group = sampling.group
    grid = KernelGrid(size: kernelSize)
    bias = hasBias ? Parameter(Tensor.zeros([outChannels])) : nil
    self.kernel = kernel.network(
      dimensions: domain.dimensions(sampling, kernel), outputs: inChannels * outChannels, rng: &rng)
    super.init()
    if kernel.isBandLimited, domain != .group { self.kernel.limitBandwidth(to: grid.nyquist, axes: 2) }
    if kernel.scale == .variancePreserving { preserveVariance(GroupSamples.grid(sampling.count, of: sampling.group)) }
  }

  /// Scales the kernel so that its weights have the variance 1 / fan-in on a grid of elements.
  private func preserveVariance(_ samples: GroupSamples) {
    let inputs = domain == .plane ? nil : samples
    let points = coordinates(outputs: samples, inputs: inputs).points.to(.float32)
    withoutGradient {
      let values = kernel.evaluating { kernel(points) }
      let fanIn = inChannels * (inputs?.count ?? 1) * grid.taps.count
      let deviation = values.square().mean().item().squareRoot()
      if deviation > 0 { kernel.output.scale(by: 1 / (deviation * Double(fanIn).squareRoot())) }
    }
  }

  /// A warning if the kernel has frequencies that its pixels cannot carry.
  public final var aliasingWarning: String? {
    guard domain != .group else { return nil }
    let bandwidth = kernel.bandwidth(axes: 2)
    guard bandwidth > 1.5 * grid.nyquist else { return nil }
    func rounded(_ value: Double) -> Double { (10 * value).rounded() / 10 }
    return "kernels of \(kernelSize) pixels carry frequencies up to \(rounded(grid.nyquist)), this one has about "
      + "\(rounded(bandwidth)): its values between pixels are arbitrary, and so are turned copies of it"
  }

  /// The 2-norm of the weights of the last pass in training plus that of the bias, if `measuresKernelNorm` is set.
  public final var kernelNorm: Tensor? {
    guard let kernel = norm.value else { return nil }
    return bias.map { kernel + $0.value.norm() } ?? kernel
  }

  // MARK: - Weights

  /// The kernel's coordinates for all pairs of elements at all points of the grid.
  ///
  /// **Shapes**: `[dimensions, S·M·T·N]` for M outputs, T points and N inputs.
  final func coordinates(
    outputs: GroupSamples, inputs: GroupSamples?
  ) -> (points: Tensor, sets: Int, outputs: Int, inputs: Int) {
    let sets = max(outputs.sets, inputs?.sets ?? 1)
    let count = inputs?.count ?? 1
    let shape: Shape = [sets, outputs.count, grid.taps.count, count]
    var axes: [Tensor] = []
    if domain != .group {
      let (x, y) = outputs.inverseAction(on: grid.points)
      axes += [x, y].map { $0.unsqueeze(3).expand(to: shape) }
    }
    if let inputs {
      let relative = inputs.relative(to: outputs)
      axes += (arc(relative.angles) + (relative.signs.map { [$0] } ?? [])).map { $0.unsqueeze(2).expand(to: shape) }
    }
    let points = Tensor.stacked(axes, along: 0).reshape([axes.count, sets * shape[1] * shape[2] * count])
    return (points, sets, outputs.count, count)
  }

  /// The coordinates by which the kernel sees an element: those of its angle, then its sign if the group has reflections.
  public final func coordinates(of element: GroupElement) -> [Double] {
    arc(Tensor([element.angle(in: group)])).map { $0.item() }
      + (group.hasReflections ? [element.isReflected ? -1 : 1] : [])
  }

  /// The coordinates of angles, all between -1 and 1 as those of the plane are.
  private func arc(_ angles: Tensor) -> [Tensor] {
    switch angle {
    case .interval: [angles * (1 / Double.pi) - 1.0]
    case .circle: [angles.cos(), angles.sin()]
    }
  }

  private func layout(outputs: GroupSamples, inputs: GroupSamples?) -> KernelLayout {
    KernelLayout(
      sets: max(outputs.sets, inputs?.sets ?? 1), outputs: outputs.count, inputs: inputs?.count ?? 1,
      inChannels: inChannels, outChannels: outChannels, grid: grid)
  }

  /// The kernel's features at all points with its last map, from which weights are read channel by channel.
  private func sources(outputs: GroupSamples, inputs: GroupSamples?) -> [Tensor] {
    let points = coordinates(outputs: outputs, inputs: inputs).points
    let shift = kernel.output.bias.value
    return [kernel.features(points.to(shift.dtype).to(shift.device)), kernel.output.matrix, shift]
  }

  /// The weights for given elements, as an ordinary convolution has them.
  ///
  /// **Shapes**: `[outChannels·M, inChannels·N, k, k]`.
  public final func weight(outputs: GroupSamples, inputs: GroupSamples?) -> Tensor {
    withAutocast(enabled: false) {
      let layout = layout(outputs: outputs, inputs: inputs)
      let square = KernelPiece(
        size: (kernelSize, kernelSize), dilation: (1, 1), taps: 0..<grid.taps.count)
      return layout.weights(layout.whole, operands: sources(outputs: outputs, inputs: inputs), pieces: [square])[0]
    }
  }

  // MARK: - Convolution

  /// Convolves feature maps on `inputs` (nil for images) with the kernel, onto `outputs`.
  final func convolve(_ x: Tensor, inputs: GroupSamples?, outputs: GroupSamples) -> GroupFeatures {
    check(x, inputs: inputs?.count ?? 1)
    return convolve(x, with: sampledKernel(inputs: inputs, outputs: outputs))
  }

  /// The kernel for given elements; in training its norm is noted where that is asked for.
  final func sampledKernel(inputs: GroupSamples?, outputs: GroupSamples) -> SampledKernel {
    let layout = layout(outputs: outputs, inputs: inputs)
    let shift = bias.map { $0.value.repeatEach(outputs.count, along: 0) }
    if !isGradientEnabled, layout.parts(limit: chunkLimit).count == 1 {
      return SampledKernel(
        layout: layout, outputs: outputs, sources: kept(layout, outputs: outputs, inputs: inputs), hasWeights: true,
        bias: shift, presence: nil)
    }
    let sources = withAutocast(enabled: false) { self.sources(outputs: outputs, inputs: inputs) }
    if measuresKernelNorm, isTraining, isGradientEnabled {
      norm.value = withAutocast(enabled: false) {
        KernelLayout.norm(features: sources[0], matrix: sources[1], shift: sources[2])
      }
    }
    return SampledKernel(
      layout: layout, outputs: outputs, sources: sources, hasWeights: false, bias: shift,
      presence: isGradientEnabled ? outputs.presence : nil)
  }

  private func check(_ x: Tensor, inputs: Int) {
    let margin = padding == .same ? kernelSize / 2 : 0
    guard x.rank == 4, x.shape[1] == inChannels * inputs else {
      Torch.fail(
        op: "\(type(of: self))",
        "expected \(inChannels) fields of \(inputs) elements [B, C·N, H, W], got \(x.shape)")
    }
    guard x.shape[2] + 2 * margin >= kernelSize, x.shape[3] + 2 * margin >= kernelSize else {
      Torch.fail(
        op: "\(type(of: self))", "a kernel of \(kernelSize) pixels does not fit \(x.shape) with padding \(padding)")
    }
  }

  /// Convolves feature maps with a kernel for their elements.
  final func convolve(_ x: Tensor, with kernel: SampledKernel) -> GroupFeatures {
    let layout = kernel.layout
    check(x, inputs: layout.inputs)
    guard layout.sets == 1 || x.shape[0] == layout.sets else {
      Torch.fail(op: "\(type(of: self))", "\(layout.sets) sets of elements do not fit a batch of \(x.shape[0])")
    }
    let convolution = PiecewiseConvolution(
      layout: layout, kernelSize: kernelSize, margin: padding == .same ? kernelSize / 2 : 0)
    let parts = layout.parts(limit: chunkLimit)
    let values =
      if kernel.hasWeights {
        convolution(x, kernel.sources, kernel.bias, layout.whole)
      } else if parts.count == 1 {
        convolution(x, convolution.weights(layout.whole, kernel.sources), kernel.bias, layout.whole)
      } else {
        convolution(x, parts: parts, sources: kernel.sources, kernel.bias)
      }
    // All ones: only the way back differs.
    guard let presence = kernel.presence else { return GroupFeatures(values, kernel.outputs) }
    let scale = presence.to(values.dtype).to(values.device).unsqueeze(1)
      .expand(to: [presence.shape[0], outChannels, layout.outputs])
    let factors = scale.reshape([presence.shape[0], outChannels * layout.outputs, 1, 1])
    return GroupFeatures(values * factors, kernel.outputs)
  }

  /// The weights without gradients, generated again when the elements or the parameters have changed.
  private func kept(_ layout: KernelLayout, outputs: GroupSamples, inputs: GroupSamples?) -> [Tensor] {
    let fingerprint = outputs.fingerprint + [.nan] + (inputs?.fingerprint ?? [])
    let parameters = kernel.parameters.map(\.parameter)
    let buffers = kernel.buffers.map(\.buffer)
    func compute() -> KeptKernel {
      KeptKernel(
        fingerprint: fingerprint,
        pieces: withAutocast(enabled: false) {
          layout.weights(layout.whole, operands: sources(outputs: outputs, inputs: inputs), pieces: grid.pieces)
        })
    }
    let found = kept.value(of: parameters, buffers: buffers, compute)
    if found.isOf(fingerprint) { return found.pieces }
    kept.forget()
    return kept.value(of: parameters, buffers: buffers, compute).pieces
  }

  /// A plain convolution with the weights for fixed elements.
  final func export(outputs: GroupSamples, inputs: GroupSamples?) -> Conv2D {
    withoutGradient {
      Conv2D(
        weight: weight(outputs: outputs, inputs: inputs),
        bias: bias.map { $0.value.repeatEach(outputs.count, along: 0) },
        padding: padding == .same ? kernelSize / 2 : 0)
    }
  }

  /// Adds the sizes.
  open override func describe(_ description: inout ModuleDescription) {
    description.add("from", inChannels)
    description.add("to", outChannels)
    description.add("kernelSize", kernelSize)
    if padding != .same { description.add("padding", ".\(padding)") }
    if bias == nil { description.add("hasBias", false) }
  }
}

/// Weights with the elements that they were generated for.
private struct KeptKernel {
  let fingerprint: [Double]
  let pieces: [Tensor]

  func isOf(_ other: [Double]) -> Bool {
    fingerprint.count == other.count && zip(fingerprint, other).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}

/// The norm of the last generated weights, with its graph.
private final class KernelNormRecord: SelfContained {
  var value: Tensor?
}
