public import Layers
public import Tensors

/// A residual network of continuous group convolutions: lifting, blocks, a last convolution over what is left of the image, a
/// maximum over elements and positions, and a linear map to the classes.
///
/// **Shapes**: `[B, C, H, W]` images to `[B, classes]` logits.
///
/// **Symmetry**: invariant under the group if not partial and pooled by a maximum. Exact for elements that map the pixel grid
/// of every layer and the sampled elements to themselves; maps that are halved need an even number of pixels.
///
/// **State**: `steps`, `lift`, `norm`, `blocks`, `last`, `last_norm`, `final_pooling` if learned, `head`.
///
/// **Reference**: Romero and Lohit (2022).
public final class CKResNet: PartialNetwork {
  /// The lifting layer.
  public let lift: LiftingConvolution
  /// Its norm.
  public let norm: GroupNormalization
  /// The residual blocks.
  public let blocks: [CKResBlock]
  /// The last convolution, inside the image.
  public let last: GroupConvolution
  /// Its norm.
  public let lastNorm: GroupNormalization
  /// The weights of elements and positions, if learned.
  public let finalPooling: Linear?
  /// From invariant fields to the classes.
  public let head: Linear

  /// Creates a network for square images.
  ///
  /// **Throws**: `NetworkError` when the options do not go together or do not fit the images.
  public convenience init(
    _ options: NetworkOptions, channels: Int, side: Int, classes: Int, rng: inout Generator
  ) throws(NetworkError) {
    try options.validate(side: side)
    self.init(checked: options, channels: channels, side: side, classes: classes, rng: &rng)
  }

  private init(checked options: NetworkOptions, channels: Int, side: Int, classes: Int, rng: inout Generator) {
    let clock = SamplingClock()
    var width = side
    func convolved(_ size: Int) -> Int { options.padding == .same ? width : width - size + 1 }
    let lift = LiftingConvolution(
      from: channels, to: options.hidden, sampling: options.sampling, kernel: options.kernel,
      kernelSize: options.kernelSize.pixels(width: width), padding: options.padding, hasBias: options.hasBias,
      clock: clock, rng: &rng)
    width = convolved(lift.kernelSize)
    if options.poolBlocks.contains(0) { width /= 2 }
    norm = options.norm.layer(options.hidden)
    var blocks: [CKResBlock] = []
    var fields = options.hidden
    for (index, next) in options.blockChannels.enumerated() {
      let pools = options.poolBlocks.contains(index + 1)
      let block = CKResBlock(
        from: fields, to: next, options: options, width: width, pools: pools, clock: clock, rng: &rng)
      width = convolved(block.conv1.kernelSize)
      width = convolved(block.conv2.kernelSize)
      if pools { width /= 2 }
      blocks.append(block)
      fields = next
    }
    let last = GroupConvolution(
      from: fields, to: fields, sampling: options.sampling, isPartial: options.isPartial, kernel: options.kernel,
      kernelSize: options.kernelSize.pixels(width: width), padding: .valid, hasBias: options.hasBias,
      outputs: options.lastOutputs, clock: clock, rng: &rng)
    width = width - last.kernelSize + 1
    self.lift = lift
    self.blocks = blocks
    self.last = last
    lastNorm = options.norm.layer(fields)
    let elements = options.lastOutputs == .sampled ? options.sampling.count : 1
    finalPooling = options.pooling == .learned ? Linear(from: elements * width * width, to: 1, rng: &rng) : nil
    head = Linear(from: fields, to: classes, rng: &rng)
    super.init(options, clock: clock)
    prepareKernels()
  }

  /// The logits of images.
  public override func callAsFunction(_ images: Tensor) -> Tensor {
    begin()
    let pools = options.poolBlocks.contains(0)
    var x = lifted(images, lift, norm) { (pools ? $0.maxPool2d(2) : $0).relu() }
    for block in blocks { x = block(x) }
    x = convolved(x, last, lastNorm) { $0.map { $0.relu() } }
    return head(pooled(x))
  }

  /// Lifting, blocks, last convolution and head.
  public override func outline(_ images: Tensor) -> [(name: String, module: Module, output: Shape)] {
    evaluating {
      withoutGradient {
        var x = norm(lift(images)).map { (options.poolBlocks.contains(0) ? $0.maxPool2d(2) : $0).relu() }
        var parts: [(name: String, module: Module, output: Shape)] = [("lift", lift, x.separated.shape)]
        for (index, block) in blocks.enumerated() {
          x = block(x)
          parts.append(("blocks.\(index)", block, x.separated.shape))
        }
        x = lastNorm(last(x)).map { $0.relu() }
        parts.append(("last", last, x.separated.shape))
        let logits = head(pooled(x)).shape
        return parts + [("head", head, logits)]
      }
    }
  }

  private func pooled(_ x: GroupFeatures) -> Tensor {
    let separated = x.separated
    if let finalPooling { return finalPooling(separated.flatten(from: 2)).squeeze(2) }
    return separated.max(along: [2, 3, 4])
  }

  /// The same function on the elements of a repeatable test, as plain layers.
  public override func export() -> Sequential {
    let (lifting, lifted) = lift.export()
    var layers: [Layer] = [lifting, norm.export(count: lifted.count)]
    if options.poolBlocks.contains(0) { layers.append(MaxPool2D(kernelSize: 2)) }
    layers.append(Activation(.relu))
    var samples = lifted
    for block in blocks {
      let exported = block.export(inputs: samples)
      layers += exported.layers
      samples = exported.samples
    }
    let (final, outputs) = last.export(inputs: samples)
    layers += [final, lastNorm.export(count: outputs.count), Activation(.relu)]
    let fields = last.outChannels
    if let finalPooling {
      let numbers = finalPooling.inFeatures
      layers += [Reshape([fields, numbers]), finalPooling, Flatten()]
    } else {
      layers += [
        MaxOverChannelGroups(groupSize: outputs.count, channels: fields * outputs.count),
        AdaptiveMaxPool2D(outputSize: 1), Flatten(),
      ]
    }
    return Sequential(layers + [head]).fused()
  }
}
