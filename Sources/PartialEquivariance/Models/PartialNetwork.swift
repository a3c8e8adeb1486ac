public import Layers
public import Tensors

/// The base class of classifiers made of continuous group convolutions.
///
/// **Shapes**: `[B, C, H, W]` images to `[B, classes]` logits.
///
/// **Symmetry**: see the subclasses.
///
/// **State**: `steps`, the passes in training, which temperatures follow.
open class PartialNetwork: Module {
  /// The number of passes in training.
  public final let steps = Buffer(Tensor.zeros([], dtype: .int64))
  /// The options.
  public final let options: NetworkOptions

  /// The number of steps of the whole training, over which temperatures fall.
  public final var trainingSteps = 1000

  final let clock: SamplingClock

  init(_ options: NetworkOptions, clock: SamplingClock) {
    self.options = options
    self.clock = clock
  }

  /// Starts a pass: the samplers' clock is set, and in training the step is counted.
  final func begin() {
    clock.progress = Double(steps.value.integer()) / Double(max(1, trainingSteps))
    if isTraining { steps.mutate { $0.addInPlace(1) } }
  }

  /// The first block of a network: images on group elements, normalized.
  final func lifted(
    _ images: Tensor, _ lift: LiftingConvolution, _ norm: GroupNormalization, then body: @escaping (Tensor) -> Tensor
  ) -> GroupFeatures {
    let kernel = lift.sampledKernel(inputs: nil, outputs: lift.sampler(batch: images.shape.first ?? 1))
    let x = GroupFeatures(images.toMemoryFormat(.channelsLast), .identity(of: lift.group))
    return Recomputation.block(of: [lift, norm], x, [kernel], onto: kernel.outputs) { x, kernels in
      norm(lift.convolve(x.tensor, with: kernels[0])).map(body)
    }
  }

  /// A block of a convolution, its norm and what follows, which uses `others`.
  final func convolved(
    _ x: GroupFeatures, _ conv: GroupConvolution, _ norm: GroupNormalization, _ others: [Module] = [],
    then body: @escaping (GroupFeatures) -> GroupFeatures
  ) -> GroupFeatures {
    let kernel = conv.sampledKernel(inputs: x.samples, batch: x.tensor.shape[0])
    return Recomputation.block(of: [conv, norm] + others, x, [kernel], onto: kernel.outputs) { x, kernels in
      body(norm(conv.convolve(x.tensor, with: kernels[0])))
    }
  }

  /// The logits of images.
  ///
  /// **Traps**: in the base class.
  open func callAsFunction(_ images: Tensor) -> Tensor {
    Torch.fail(op: "\(type(of: self))", "callAsFunction(_:) is not overridden")
  }

  /// The same function on the elements of a repeatable test, as plain layers.
  ///
  /// **Traps**: in the base class.
  open func export() -> Sequential {
    Torch.fail(op: "\(type(of: self))", "export() is not overridden")
  }

  /// All continuous convolutions, in order.
  public final var convolutions: [ContinuousConvolution] { modules.compactMap { $0 as? ContinuousConvolution } }

  /// The samplers whose distribution is learned, in order.
  public final var learnedSamplers: [GroupSampler] {
    modules.compactMap { $0 as? GroupSampler }.filter { $0.support != nil }
  }

  /// The layers that live on sampled elements, from the image on, without the shortcuts, which follow them.
  open var sampledLayers: [SampledLayer] {
    namedModules.compactMap { named in
      switch named.module {
      case let lift as LiftingConvolution: SampledLayer(named.key, lift)
      case let convolution as GroupConvolution: SampledLayer(named.key, convolution)
      default: nil
      }
    }
  }

  /// The parts that an outline of the network names, each with its output for one image.
  ///
  /// **Traps**: in the base class.
  open func outline(_ images: Tensor) -> [(name: String, module: Module, output: Shape)] {
    Torch.fail(op: "\(type(of: self))", "outline(_:) is not overridden")
  }

  /// The terms that the last pass in training adds to the loss; nil for none.
  public final var penalty: Tensor? {
    var terms: [Tensor] = []
    if options.kernelNormWeight > 0, let norm = kernelNormLoss(convolutions) {
      terms.append(norm * options.kernelNormWeight)
    }
    if options.monotonicityWeight > 0, let growth = monotonicityLoss(learnedSamplers) {
      terms.append(growth * options.monotonicityWeight)
    }
    return terms.dropFirst().reduce(terms.first) { sum, term in sum.map { $0 + term } }
  }

  final func prepareKernels() {
    if options.kernelNormWeight > 0 { for layer in convolutions { layer.measuresKernelNorm = true } }
  }
}
