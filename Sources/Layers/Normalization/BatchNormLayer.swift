public import Tensors

/// The common part of `BatchNorm1D`, `BatchNorm2D` and `BatchNorm3D`.
///
/// **Symmetry**: commutes with permutations of pixels; channels are treated one by one.
///
/// **State**: `weight`, `bias` (if affine), `running_mean`, `running_var`, `num_batches_tracked` (if tracked).
public class BatchNormLayer: Layer {
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

  /// The keys of PyTorch.
  public override class var stateKeys: [String: String] {
    ["runningVariance": "running_var", "batchesTracked": "num_batches_tracked"]
  }

  /// The shapes that the class takes.
  class var layouts: [(rank: Int, text: String)] {
    Torch.fail(op: "\(Self.self)", "does not say which shapes it takes")
  }

  /// Creates a layer with scale 1, shift 0, running mean 0 and running variance 1.
  ///
  /// A momentum of nil keeps the plain average over all batches.
  public required init(
    _ channels: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true,
    tracksStatistics: Bool = true, dtype: DType = .float32
  ) {
    guard channels > 0, epsilon >= 0, momentum.map({ (0...1).contains($0) }) ?? true else {
      Torch.fail(
        op: "\(Self.self)",
        "needs positive channels, epsilon and a momentum from 0 to 1, got \(channels), \(epsilon), \(momentum ?? 0)")
    }
    self.channels = channels
    self.epsilon = epsilon
    self.momentum = momentum
    weight = isAffine ? Parameter(Tensor.ones([channels], dtype: dtype)) : nil
    bias = isAffine ? Parameter(Tensor.zeros([channels], dtype: dtype)) : nil
    runningMean = tracksStatistics ? Buffer(Tensor.zeros([channels], dtype: dtype)) : nil
    runningVariance = tracksStatistics ? Buffer(Tensor.ones([channels], dtype: dtype)) : nil
    batchesTracked = tracksStatistics ? Buffer(Tensor.zeros([], dtype: .int64)) : nil
  }

  /// Normalizes each channel, by the batch's statistics in training or without tracking, else by the running ones.
  ///
  /// **Traps**: when the input has another number of axes or channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkShape(x.shape)
    guard let runningMean, let runningVariance, let batchesTracked else {
      return x.batchNorm(weight: weight?.value, bias: bias?.value, epsilon: epsilon)
    }
    guard isTraining else {
      return x.batchNorm(
        mean: runningMean.value, variance: runningVariance.value, weight: weight?.value, bias: bias?.value,
        epsilon: epsilon)
    }
    guard movesStatistics else { return x.batchNorm(weight: weight?.value, bias: bias?.value, epsilon: epsilon) }
    batchesTracked.mutate { $0.addInPlace(1) }
    let y = x.batchNorm(
      updatingMean: runningMean.value, variance: runningVariance.value, weight: weight?.value, bias: bias?.value,
      momentum: momentum ?? 1 / batchesTracked.value.item(), epsilon: epsilon)
    runningMean.noteChange()
    runningVariance.noteChange()
    return y
  }

  /// A layer of the same class with copies of the parameters and statistics.
  public override func copy() -> Layer { copy(pickingChannels: nil) }

  /// A layer with the parameters and statistics of some channels, or of all.
  final func copy(pickingChannels indices: Tensor?) -> BatchNormLayer {
    let dtype = (weight?.value ?? runningMean?.value)?.dtype ?? .float32
    let other = type(of: self).init(
      indices?.count ?? channels, epsilon: epsilon, momentum: momentum, isAffine: weight != nil,
      tracksStatistics: runningMean != nil, dtype: dtype)
    func picked(_ values: Tensor) -> Tensor { indices.map { values.detach().indexSelect(0, $0) } ?? values }
    for (source, target) in [(weight, other.weight), (bias, other.bias)] {
      if let source, let target { target.replace(with: picked(source.value).detach().clone()) }
    }
    for (source, target) in [(runningMean, other.runningMean), (runningVariance, other.runningVariance)] {
      if let source, let target { target.replace(with: picked(source.value).clone()) }
    }
    if let source = batchesTracked, let target = other.batchesTracked { target.replace(with: source.value.clone()) }
    return other
  }

  /// Puts the running statistics back to the start.
  public final func resetStatistics() {
    runningMean?.mutate { $0.copyInPlace(from: Tensor.zeros($0.shape, dtype: $0.dtype, device: $0.device)) }
    runningVariance?.mutate { $0.copyInPlace(from: Tensor.ones($0.shape, dtype: $0.dtype, device: $0.device)) }
    batchesTracked?.mutate { $0.copyInPlace(from: Tensor.zeros([], dtype: .int64, device: $0.device)) }
  }

  /// The factor and the summand of each channel in evaluation mode, or nil when statistics are not tracked.
  public final var scaleAndShift: (scale: Tensor, shift: Tensor)? {
    guard let dtype = runningMean?.value.dtype, let (scale, shift) = preciseScaleAndShift else { return nil }
    return (scale.to(dtype), shift.to(dtype))
  }

  /// The factor and the summand in float64.
  final var preciseScaleAndShift: (scale: Tensor, shift: Tensor)? {
    guard let runningMean, let runningVariance else { return nil }
    return withoutGradient {
      var scale = (runningVariance.value.to(.float64) + epsilon).sqrt().pow(-1)
      if let weight { scale = scale * weight.value.to(.float64) }
      var shift = -runningMean.value.to(.float64) * scale
      if let bias { shift = shift + bias.value.to(.float64) }
      return (scale.detach(), shift.detach())
    }
  }

  /// Emits the normalization.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .batchNorm(
        input, mean: graph.tensor(runningMean, named: "running_mean"),
        variance: graph.tensor(runningVariance, named: "running_var"), weight: graph.tensor(weight, named: "weight"),
        bias: graph.tensor(bias, named: "bias"), epsilon: epsilon))
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    checkShape(shape)
    return shape
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(channels)
    if epsilon != 1e-5 { description.add("epsilon", epsilon) }
    if momentum != 0.1 { description.add("momentum", momentum.map { "\($0)" } ?? "nil") }
    if weight == nil { description.add("isAffine", false) }
    if runningMean == nil { description.add("tracksStatistics", false) }
  }

  private func checkShape(_ shape: Shape) {
    let layouts = type(of: self).layouts
    let layout = layouts.map(\.text).joined(separator: " or ")
    checkInput(shape, ranks: layouts.map(\.rank), channels: channels, layout: layout)
  }
}
