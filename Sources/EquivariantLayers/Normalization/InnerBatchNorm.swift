public import Layers
import Symmetry
public import Tensors

/// Batch normalization with one mean and one variance for each field.
///
/// The statistics run over the batch, the field's channels, and all pixels.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element in evaluation mode, and in training mode for transformations of the whole
/// batch, on
/// fields that the group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **State**: `weight`, `bias`, `running_mean`, `running_var` `[fields]` in the order of the fields,
/// `num_batches_tracked`.
///
/// **Reference**: Weiler, Cesa (2019), appendix; Ioffe, Szegedy (2015).
///
/// **escnn**: `InnerBatchNorm`, where fields are gathered by size and named after it.
public final class InnerBatchNorm: EquivariantModule {
  /// The scale of each field, if affine.
  public let weight: Parameter?

  /// The shift of each field, if affine.
  public let bias: Parameter?

  /// The running mean of each field, if statistics are tracked.
  public let runningMean: Buffer?

  /// The running variance (unbiased) of each field, if statistics are tracked.
  public let runningVariance: Buffer?

  /// The number of batches seen in training, if statistics are tracked.
  public let batchesTracked: Buffer?

  /// What is added to the variance.
  public let epsilon: Double

  /// The weight of a new batch in the running statistics; nil for the plain average of all batches.
  public let momentum: Double?

  private let channelMap: ChannelMap
  private let kept = Derived<ChannelStatistics>()

  /// The keys of PyTorch.
  public override class var stateKeys: [String: String] {
    ["runningVariance": "running_var", "batchesTracked": "num_batches_tracked"]
  }

  /// Creates the layer for a type.
  public init(
    _ type: FieldType, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true,
    tracksStatistics: Bool = true, dtype: DType = .float32
  ) {
    let fields: Shape = [type.count]
    weight = isAffine ? Parameter(Tensor.ones(fields, dtype: dtype)) : nil
    bias = isAffine ? Parameter(Tensor.zeros(fields, dtype: dtype)) : nil
    runningMean = tracksStatistics ? Buffer(Tensor.zeros(fields, dtype: dtype)) : nil
    runningVariance = tracksStatistics ? Buffer(Tensor.ones(fields, dtype: dtype)) : nil
    batchesTracked = tracksStatistics ? Buffer(Tensor.zeros([], dtype: .int64)) : nil
    self.epsilon = epsilon
    self.momentum = momentum
    channelMap = ChannelMap(type)
    super.init(from: type, to: type)
    Self.requirePointwise(type, name)
    require(
      epsilon >= 0 && momentum.map { (0...1).contains($0) } ?? true, name,
      "epsilon \(epsilon) and momentum \(momentum ?? 0) must not be negative, momentum at most 1")
  }

  /// Normalizes each field.
  public override func forward(_ input: Tensor) -> Tensor {
    guard isTraining || runningMean == nil else { return normalizedByRunningStatistics(input) }
    var factor = momentum ?? 0
    if movesStatistics, let batchesTracked {
      batchesTracked.mutate { $0.addInPlace(1) }
      factor = momentum ?? 1 / batchesTracked.value.item()
    }
    return normalizedByBatch(input, momentum: factor)
  }

  /// Statistics of each channel come from the engine's kernels, in either memory layout; those of the fields from
  /// them.
  private func normalizedByBatch(_ input: Tensor, momentum: Double) -> Tensor {
    let tracks = movesStatistics && runningMean != nil
    let result = input.fieldBatchNorm(
      fields: channelMap.index(on: input.device), sizes: channelMap.sizes(on: input.device), weight: weight?.value,
      bias: bias?.value, updatingMean: tracks ? runningMean?.value : nil,
      variance: tracks ? runningVariance?.value : nil, momentum: momentum, epsilon: epsilon)
    if tracks {
      runningMean?.noteChange()
      runningVariance?.noteChange()
    }
    return result
  }

  private func normalizedByRunningStatistics(_ input: Tensor) -> Tensor {
    let statistics = isGradientEnabled && weight != nil ? channelStatistics() : keptStatistics
    return input.batchNorm(
      mean: statistics.mean, variance: statistics.variance, weight: statistics.weight, bias: statistics.bias,
      epsilon: epsilon)
  }

  private var keptStatistics: ChannelStatistics {
    let parameters = [weight, bias].compactMap { $0 }
    let buffers = [runningMean, runningVariance].compactMap { $0 }
    return kept.value(of: parameters, buffers: buffers) { withoutGradient { channelStatistics() } }
  }

  private func channelStatistics() -> ChannelStatistics {
    guard let runningMean, let runningVariance else { fail(name, "has no tracked statistics") }
    return ChannelStatistics(
      weight: weight.map { channelMap.spread($0.value, along: 0) },
      bias: bias.map { channelMap.spread($0.value, along: 0) },
      mean: channelMap.spread(runningMean.value, along: 0),
      variance: channelMap.spread(runningVariance.value, along: 0))
  }

  /// A plain batch normalization with the statistics of each field repeated for its channels.
  ///
  /// **Traps**: without tracked statistics.
  public override func export() -> Layer {
    require(runningMean != nil, name, "without tracked statistics there is no plain form")
    let statistics = withoutGradient { channelStatistics() }
    let layer = BatchNorm2D(
      inputType.size, epsilon: epsilon, momentum: momentum, isAffine: weight != nil,
      dtype: statistics.mean.dtype)
    for (target, value) in [(layer.weight, statistics.weight), (layer.bias, statistics.bias)] {
      if let target, let value { target.assign(value) }
    }
    layer.runningMean?.assign(statistics.mean)
    layer.runningVariance?.assign(statistics.variance)
    if let source = batchesTracked, let target = layer.batchesTracked { target.assign(source.value) }
    return layer
  }

  /// Adds options to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if epsilon != 1e-5 { description.add("epsilon", epsilon) }
    if momentum != 0.1 { description.add("momentum", momentum.map { "\($0)" } ?? "nil") }
  }
}

/// What evaluation needs for each channel.
private struct ChannelStatistics {
  let weight: Tensor?
  let bias: Tensor?
  let mean: Tensor
  let variance: Tensor
}
