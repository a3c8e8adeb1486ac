public import Layers
public import Tensors

/// A residual block: convolution, instance norm, ReLU, dropout, convolution, instance norm, ReLU, plus the input; then a
/// norm, pooling if wanted, and ReLU.
///
/// The shortcut is a pointwise group convolution where channels or elements change from input to output.
///
/// **Symmetry**: that of its convolutions.
///
/// **State**: `conv1`, `conv2`, `shortcut` if any, `norm`, and the generator of `dropout`.
///
/// **Reference**: Romero et al. (2022), CKConv residual blocks; Romero and Lohit (2022).
public final class CKResBlock: Module {
  /// The first convolution.
  public let conv1: GroupConvolution
  /// The second convolution.
  public let conv2: GroupConvolution
  /// The way around them; nil for the input itself.
  public let shortcut: PointwiseGroupConvolution?
  /// The norm after the sum.
  public let norm: GroupNormalization
  /// Dropout between the convolutions.
  public let dropout: Dropout
  /// Whether the result is pooled 2 × 2.
  public let pools: Bool

  private let firstNorm: GroupInstanceNorm
  private let secondNorm: GroupInstanceNorm

  /// Creates a block for maps of a given width.
  public init(
    from inChannels: Int, to outChannels: Int, options: NetworkOptions, width: Int, pools: Bool, clock: SamplingClock,
    rng: inout Generator
  ) {
    func convolution(from: Int, width: Int, rng: inout Generator) -> GroupConvolution {
      GroupConvolution(
        from: from, to: outChannels, sampling: options.sampling, isPartial: options.isPartial, kernel: options.kernel,
        kernelSize: options.kernelSize.pixels(width: width), padding: options.padding, hasBias: options.hasBias,
        clock: clock, rng: &rng)
    }
    let first = convolution(from: inChannels, width: width, rng: &rng)
    let inner = options.padding == .same ? width : width - first.kernelSize + 1
    conv1 = first
    conv2 = convolution(from: outChannels, width: inner, rng: &rng)
    let changes = inChannels != outChannels || options.sampling.perLayer || options.isPartial
    shortcut =
      changes
      ? PointwiseGroupConvolution(
        from: inChannels, to: outChannels, sampling: options.sampling,
        kernel: options.kernel.with(hidden: max(1, options.kernel.hidden / 2)), rng: &rng) : nil
    norm = options.norm.layer(outChannels)
    dropout = Dropout(probability: options.dropout, rng: &rng)
    firstNorm = GroupInstanceNorm(outChannels)
    secondNorm = GroupInstanceNorm(outChannels)
    self.pools = pools
  }

  /// Applies the block.
  public func callAsFunction(_ x: GroupFeatures) -> GroupFeatures {
    let batch = x.tensor.shape[0]
    let first = conv1.sampledKernel(inputs: x.samples, batch: batch)
    let second = conv2.sampledKernel(inputs: first.outputs, batch: batch)
    let around = shortcut.map { [$0.sampledKernel(inputs: x.samples, outputs: second.outputs)] } ?? []
    return Recomputation.block(of: [self], x, [first, second] + around, onto: second.outputs) { [self] x, kernels in
      var y = firstNorm(conv1.convolve(x.tensor, with: kernels[0])).map { dropout($0.relu()) }
      y = secondNorm(conv2.convolve(y.tensor, with: kernels[1])).map { $0.relu() }
      let around = shortcut?.convolve(x.tensor, with: kernels[2]) ?? x
      return norm(y.map { $0 + around.tensor }).map { (pools ? $0.maxPool2d(2) : $0).relu() }
    }
  }

  /// The same map on fixed elements, as plain layers.
  public func export(inputs: GroupSamples) -> (layers: [Layer], samples: GroupSamples) {
    let (first, middle) = conv1.export(inputs: inputs)
    let (second, outputs) = conv2.export(inputs: middle)
    let body = Sequential([
      first, firstNorm.export(count: middle.count), Activation(.relu), second, secondNorm.export(count: outputs.count),
      Activation(.relu),
    ])
    let around: Layer = shortcut.map { $0.export(inputs: inputs, outputs: outputs) } ?? Identity()
    var layers: [Layer] = [Residual(body, shortcut: around), norm.export(count: outputs.count)]
    if pools { layers.append(MaxPool2D(kernelSize: 2)) }
    return (layers + [Activation(.relu)], outputs)
  }
}
