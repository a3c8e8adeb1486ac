public import Layers
import Symmetry
public import Tensors

/// What the batch normalizations of arbitrary fields share: statistics of a batch, running ones, and scales and shifts.
///
/// Statistics count as constants in gradients, as in e2cnn and escnn (but not in `InnerBatchNorm`). They are computed
/// at least in float32.
///
/// **Symmetry**: exact for every element in evaluation mode, and in training mode for transformations of the whole
/// batch.
///
/// **State**: `weight`, `bias`, `running_mean`, `running_var` as far as a subclass has them, in the order of the
/// fields, and `num_batches_tracked`.
open class BatchStatisticsNorm: EquivariantModule {
  /// The scales, if there are any.
  public final let weight: Parameter?

  /// The shifts of invariant parts, if there are any.
  public final let bias: Parameter?

  /// The running means of invariant parts, if there are any.
  public final let runningMean: Buffer?

  /// The running variances, if statistics are tracked.
  public final let runningVariance: Buffer?

  /// The number of batches seen in training, if statistics are tracked.
  public final let batchesTracked: Buffer?

  /// What is added to the variance.
  public final let epsilon: Double

  /// The weight of a new batch in the running statistics; nil for the plain average of all batches.
  public final let momentum: Double?

  private let kept = Derived<ChannelNormalization>()

  /// The keys of PyTorch.
  open override class var stateKeys: [String: String] {
    ["runningVariance": "running_var", "batchesTracked": "num_batches_tracked"]
  }

  /// How many numbers each part of the state has; zero for those that are absent.
  struct Counts {
    var weights: Int
    var biases: Int
    var means: Int
    var variances: Int
  }

  init(
    _ type: FieldType, _ counts: Counts, epsilon: Double, momentum: Double?, isAffine: Bool, tracksStatistics: Bool,
    dtype: DType
  ) {
    weight = isAffine ? Parameter(Tensor.ones([counts.weights], dtype: dtype)) : nil
    bias = isAffine && counts.biases > 0 ? Parameter(Tensor.zeros([counts.biases], dtype: dtype)) : nil
    runningMean = tracksStatistics && counts.means > 0 ? Buffer(Tensor.zeros([counts.means], dtype: dtype)) : nil
    runningVariance = tracksStatistics ? Buffer(Tensor.ones([counts.variances], dtype: dtype)) : nil
    batchesTracked = tracksStatistics ? Buffer(Tensor.zeros([], dtype: .int64)) : nil
    self.epsilon = epsilon
    self.momentum = momentum
    super.init(from: type, to: type)
    require(
      epsilon >= 0 && momentum.map { (0...1).contains($0) } ?? true, name,
      "epsilon \(epsilon) and momentum \(momentum ?? 0) must not be negative, momentum at most 1")
  }

  // MARK: What subclasses say

  /// The statistics of a batch; the mean is nil when none is taken off.
  func statistics(_ moments: ChannelMoments) -> (mean: Tensor?, variance: Tensor) {
    fail(name, "overrides no statistics")
  }

  /// Scales, shifts and statistics for each channel.
  func spread(mean: Tensor?, variance: Tensor) -> ChannelNormalization {
    fail(name, "overrides no normalization of channels")
  }

  /// Whether a training step divides by the running variances, which contain the batch already.
  var trainsWithRunningStatistics: Bool { false }

  // MARK: Normalization

  /// Normalizes the fields.
  open override func forward(_ input: Tensor) -> Tensor { normalized(input) }

  final func normalized(_ input: Tensor) -> Tensor {
    let channels: ChannelNormalization
    if isTraining || runningVariance == nil {
      channels = batchNormalization(input)
    } else {
      channels = isGradientEnabled && weight != nil ? running() : keptRunning
    }
    return input.batchNorm(
      mean: channels.mean, variance: channels.variance, weight: channels.weight, bias: channels.bias, epsilon: epsilon)
  }

  private func batchNormalization(_ input: Tensor) -> ChannelNormalization {
    let (mean, variance) = withoutGradient { statistics(ChannelMoments(input, name: name)) }
    guard isTraining, let runningVariance, let batchesTracked else { return spread(mean: mean, variance: variance) }
    if movesStatistics {
      batchesTracked.mutate { $0.addInPlace(1) }
      let factor = momentum ?? 1 / batchesTracked.value.item()
      runningVariance.mutate { $0.interpolateInPlace(to: variance.to($0.dtype), weight: factor) }
      if let mean { runningMean?.mutate { $0.interpolateInPlace(to: mean.to($0.dtype), weight: factor) } }
    }
    return trainsWithRunningStatistics ? running() : spread(mean: mean, variance: variance)
  }

  private func running() -> ChannelNormalization {
    guard let runningVariance else { fail(name, "has no tracked statistics") }
    // Cloned, for the engine saves them for the gradient and the next step changes them in place.
    return spread(mean: runningMean?.value.clone(), variance: runningVariance.value.clone())
  }

  private var keptRunning: ChannelNormalization {
    let buffers = [runningMean, runningVariance].compactMap { $0 }
    return kept.value(of: [weight, bias].compactMap { $0 }, buffers: buffers) { withoutGradient { running() } }
  }

  /// Puts the running statistics back to the start.
  public final func resetStatistics() {
    runningMean?.mutate { $0.fillInPlace(0) }
    runningVariance?.mutate { $0.fillInPlace(1) }
    batchesTracked?.mutate { $0.copyInPlace(from: Tensor.zeros([], dtype: .int64, device: $0.device)) }
  }

  // MARK: Export

  /// Scales, shifts and statistics of each channel in evaluation mode.
  final func exported() -> ChannelNormalization {
    require(runningVariance != nil, name, "without tracked statistics there is no plain form")
    return withoutGradient { running() }
  }

  /// A plain batch normalization with numbers for each channel, which folds into a convolution before it.
  ///
  /// **Traps**: without tracked statistics.
  open override func export() -> Layer {
    let channels = exported()
    let layer = BatchNorm2D(
      inputType.size, epsilon: epsilon, momentum: momentum, isAffine: weight != nil, dtype: channels.mean.dtype)
    for (target, value) in [(layer.weight, channels.weight), (layer.bias, channels.bias)] {
      if let target, let value { target.assign(value) }
    }
    layer.runningMean?.assign(channels.mean)
    layer.runningVariance?.assign(channels.variance)
    if let source = batchesTracked, let target = layer.batchesTracked { target.assign(source.value) }
    return layer
  }

  /// Adds options to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if epsilon != 1e-5 { description.add("epsilon", epsilon) }
    if momentum != 0.1 { description.add("momentum", momentum.map { "\($0)" } ?? "nil") }
  }
}
