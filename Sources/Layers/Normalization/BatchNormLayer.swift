public import Tensors

/// The common part of `BatchNorm1D`, `BatchNorm2D` and `BatchNorm3D`.
///
/// **Symmetry**: commutes with permutations of pixels; channels are treated one by one.
///
/// **State**: `weight`, `bias` (if affine), `running_mean`, `running_var`, `num_batches_tracked` (if tracked).
open class BatchNormLayer: Layer {
  /// The scale of each channel, if the layer is affine.
  public final let weight: Parameter?
  /// The shift of each channel, if the layer is affine.
  public final let bias: Parameter?
  /// The running mean of each channel, if statistics are tracked.
  public final let runningMean: Buffer?
  /// The running variance (unbiased) of each channel, if statistics are tracked.
  public final let runningVariance: Buffer?
  /// The number of batches seen in training, if statistics are tracked.
  public final let batchesTracked: Buffer?

  /// The number of channels.
  public final let channels: Int
  /// What is added to the variance.
  public final let epsilon: Double
  /// The weight of a new batch in the running statistics; nil for the plain average of all batches.
  public final let momentum: Double?

  final let layouts: [(rank: Int, text: String)]

  /// The keys of PyTorch.
  open override class var stateKeys: [String: String] {
    ["runningVariance": "running_var", "batchesTracked": "num_batches_tracked"]
  }

  init(
    _ channels: Int, epsilon: Double, momentum: Double?, isAffine: Bool, tracksStatistics: Bool, dtype: DType,
    layouts: [(rank: Int, text: String)]
  ) {
    guard channels > 0, epsilon >= 0, momentum.map({ (0...1).contains($0) }) ?? true else {
      Torch.fail(
        op: "\(Self.self)",
        "needs positive channels, epsilon and a momentum from 0 to 1, got \(channels), \(epsilon), \(momentum ?? 0)")
    }
    self.channels = channels
    self.epsilon = epsilon
    self.momentum = momentum
    self.layouts = layouts
    weight = isAffine ? Parameter(Tensor.ones([channels], dtype: dtype)) : nil
    bias = isAffine ? Parameter(Tensor.zeros([channels], dtype: dtype)) : nil
    runningMean = tracksStatistics ? Buffer(Tensor.zeros([channels], dtype: dtype)) : nil
    runningVariance = tracksStatistics ? Buffer(Tensor.ones([channels], dtype: dtype)) : nil
    batchesTracked = tracksStatistics ? Buffer(Tensor.zeros([], dtype: .int64)) : nil
  }

  /// Normalizes each channel, by the batch's statistics in training or without tracking, else by the running ones.
  ///
  /// **Traps**: when the input has another number of axes or channels.
  open override func callAsFunction(_ x: Tensor) -> Tensor {
    checkShape(x.shape)
    guard let runningMean, let runningVariance, let batchesTracked else {
      return x.batchNorm(weight: weight?.value, bias: bias?.value, epsilon: epsilon)
    }
    guard isTraining else {
      return x.batchNorm(
        mean: runningMean.value, variance: runningVariance.value, weight: weight?.value, bias: bias?.value,
        epsilon: epsilon)
    }
    batchesTracked.mutate { $0.addInPlace(1) }
    let y = x.batchNorm(
      updatingMean: runningMean.value, variance: runningVariance.value, weight: weight?.value, bias: bias?.value,
      momentum: momentum ?? 1 / batchesTracked.value.item(), epsilon: epsilon)
    runningMean.noteChange()
    runningVariance.noteChange()
    return y
  }

  /// Puts the running statistics back to the start.
  public final func resetStatistics() {
    runningMean?.mutate { $0.copyInPlace(from: Tensor.zeros($0.shape, dtype: $0.dtype, device: $0.device)) }
    runningVariance?.mutate { $0.copyInPlace(from: Tensor.ones($0.shape, dtype: $0.dtype, device: $0.device)) }
    batchesTracked?.mutate { $0.copyInPlace(from: Tensor.zeros([], dtype: .int64, device: $0.device)) }
  }

  /// The factor and the summand of each channel in evaluation mode, or nil when statistics are not tracked.
  public final var scaleAndShift: (scale: Tensor, shift: Tensor)? {
    guard let runningMean, let runningVariance else { return nil }
    return withoutGradient {
      var scale = (runningVariance.value + epsilon).sqrt().pow(-1)
      if let weight { scale = scale * weight.value }
      var shift = -runningMean.value * scale
      if let bias { shift = shift + bias.value }
      return (scale.detach(), shift.detach())
    }
  }

  /// Emits the normalization.
  open override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .batchNorm(
        input, mean: graph.tensor(runningMean, named: "running_mean"),
        variance: graph.tensor(runningVariance, named: "running_var"), weight: graph.tensor(weight, named: "weight"),
        bias: graph.tensor(bias, named: "bias"), epsilon: epsilon))
  }

  /// The input's shape.
  open override func outputShape(for shape: Shape) -> Shape {
    checkShape(shape)
    return shape
  }

  /// Adds the sizes.
  open override func describe(_ description: inout ModuleDescription) {
    description.add(channels)
    if epsilon != 1e-5 { description.add("epsilon", epsilon) }
    if momentum != 0.1 { description.add("momentum", momentum.map { "\($0)" } ?? "nil") }
    if weight == nil { description.add("isAffine", false) }
    if runningMean == nil { description.add("tracksStatistics", false) }
  }

  private func checkShape(_ shape: Shape) {
    let layout = layouts.map(\.text).joined(separator: " or ")
    checkInput(shape, ranks: layouts.map(\.rank), channels: channels, layout: layout)
  }
}
