public import Layers
public import Tensors

/// A chain of continuous group convolutions with norms, ReLUs and pooling, a mean over elements and positions, and a linear map.
///
/// **Shapes**: `[B, C, H, W]` images to `[B, classes]` logits.
///
/// **Symmetry**: invariant under the group if not partial. Exact for elements that map the pixel grid of every layer and the
/// sampled elements to themselves; maps that are halved need an even number of pixels.
///
/// **State**: `steps`, `lift`, `norm`, `convs`, `norms`, `head`, and the generators of `dropouts`.
///
/// **Reference**: Romero and Lohit (2022).
public final class GCNN: PartialNetwork {
  /// The lifting layer.
  public let lift: LiftingConvolution
  /// Its norm.
  public let norm: GroupNormalization
  /// The group convolutions.
  public let convs: [GroupConvolution]
  /// Their norms.
  public let norms: [GroupNormalization]
  /// Dropout of whole fields after some convolutions, in order.
  public let dropouts: [Dropout]
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
    let lift = LiftingConvolution(
      from: channels, to: options.hidden, sampling: options.sampling, kernel: options.kernel,
      kernelSize: options.kernelSize.pixels(width: width), padding: options.padding, hasBias: options.hasBias,
      clock: clock, rng: &rng)
    if options.padding == .valid { width -= lift.kernelSize - 1 }
    norm = options.norm.layer(options.hidden)
    var convs: [GroupConvolution] = []
    var norms: [GroupNormalization] = []
    var dropouts: [Dropout] = []
    var fields = options.hidden
    for (index, next) in options.blockChannels.enumerated() {
      let conv = GroupConvolution(
        from: fields, to: next, sampling: options.sampling, isPartial: options.isPartial, kernel: options.kernel,
        kernelSize: options.kernelSize.pixels(width: width), padding: options.padding, hasBias: options.hasBias,
        clock: clock, rng: &rng)
      if options.padding == .valid { width -= conv.kernelSize - 1 }
      if options.poolBlocks.contains(index + 1) { width /= 2 }
      if options.dropoutBlocks.contains(index + 1) {
        dropouts.append(Dropout(probability: options.dropout, wholeChannels: true, rng: &rng))
      }
      convs.append(conv)
      norms.append(options.norm.layer(next))
      fields = next
    }
    self.lift = lift
    self.convs = convs
    self.norms = norms
    self.dropouts = dropouts
    head = Linear(from: fields, to: classes, rng: &rng)
    super.init(options, clock: clock)
    prepareKernels()
  }

  /// The logits of images.
  public override func callAsFunction(_ images: Tensor) -> Tensor {
    begin()
    var x = lifted(images, lift, norm) { $0.relu() }
    var drops = dropouts.makeIterator()
    for (index, (conv, norm)) in zip(convs, norms).enumerated() {
      let pools = options.poolBlocks.contains(index + 1)
      let dropout = options.dropoutBlocks.contains(index + 1) ? drops.next() : nil
      x = convolved(x, conv, norm, dropout.map { [$0] } ?? []) { x in
        let y = x.map { pools ? $0.relu().maxPool2d(2) : $0.relu() }
        guard let dropout else { return y }
        // Whole fields are dropped, with all their elements.
        return y.map { dropout(y.separated).reshape($0.shape).toMemoryFormat(.channelsLast) }
      }
    }
    return head(x.separated.mean(along: [2, 3, 4]))
  }

  /// Lifting, convolutions and head.
  public override func outline(_ images: Tensor) -> [(name: String, module: Module, output: Shape)] {
    evaluating {
      withoutGradient {
        var x = norm(lift(images)).map { $0.relu() }
        var parts: [(name: String, module: Module, output: Shape)] = [("lift", lift, x.separated.shape)]
        for (index, (conv, norm)) in zip(convs, norms).enumerated() {
          x = norm(conv(x)).map { $0.relu() }
          if options.poolBlocks.contains(index + 1) { x = x.map { $0.maxPool2d(2) } }
          parts.append(("convs.\(index)", conv, x.separated.shape))
        }
        return parts + [("head", head, [x.tensor.shape[0], head.outFeatures])]
      }
    }
  }

  /// The same function on the elements of a repeatable test, as plain layers.
  public override func export() -> Sequential {
    let (lifting, lifted) = lift.export()
    var layers: [Layer] = [lifting, norm.export(count: lifted.count), Activation(.relu)]
    var samples = lifted
    for (index, (conv, norm)) in zip(convs, norms).enumerated() {
      let (layer, outputs) = conv.export(inputs: samples)
      layers += [layer, norm.export(count: outputs.count), Activation(.relu)]
      if options.poolBlocks.contains(index + 1) { layers.append(MaxPool2D(kernelSize: 2)) }
      samples = outputs
    }
    // The mean over elements is part of the last map: each element has its share of a field's weight.
    let count = samples.count
    let shared = withoutGradient { head.weight.value.repeatEach(count, along: 1) * (1 / Double(count)) }
    layers += [AdaptiveAvgPool2D(outputSize: 1), Flatten(), Linear(weight: shared, bias: head.bias?.value.detach())]
    return Sequential(layers).fused()
  }
}
