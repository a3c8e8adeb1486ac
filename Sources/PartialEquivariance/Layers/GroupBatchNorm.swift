public import Layers
internal import Tensors

/// Batch normalization of each field over images, group elements and positions.
///
/// **Shapes**: keeps them, whatever the number of elements, which may change from pass to pass.
///
/// **Symmetry**: commutes with the group.
///
/// **State**: `weight`, `bias`, `running_mean`, `running_var`, `num_batches_tracked`, one value a field.
///
/// **Reference**: Ioffe and Szegedy (2015).
public final class GroupBatchNorm: GroupNormalization {
  /// The scale of each field.
  public let weight: Parameter
  /// The shift of each field.
  public let bias: Parameter
  /// The running mean of each field.
  public let runningMean: Buffer
  /// The running variance of each field.
  public let runningVariance: Buffer
  /// The number of batches seen in training.
  public let batchesTracked: Buffer
  /// What is added to the variance.
  public let epsilon: Double
  /// The weight of a new batch in the running statistics.
  public let momentum: Double

  private let tables = FieldTables()

  /// The keys of PyTorch.
  public override class var stateKeys: [String: String] {
    ["runningVariance": "running_var", "batchesTracked": "num_batches_tracked"]
  }

  /// Creates a layer with scale 1, shift 0, running mean 0 and running variance 1.
  public init(_ channels: Int, epsilon: Double = 1e-5, momentum: Double = 0.1) {
    weight = Parameter(Tensor.ones([max(0, channels)]))
    bias = Parameter(Tensor.zeros([max(0, channels)]))
    runningMean = Buffer(Tensor.zeros([max(0, channels)]))
    runningVariance = Buffer(Tensor.ones([max(0, channels)]))
    batchesTracked = Buffer(Tensor.zeros([], dtype: .int64))
    self.epsilon = epsilon
    self.momentum = momentum
    super.init(channels: channels)
  }

  /// Normalizes, by the batch's statistics in training, else by the running ones.
  ///
  /// **Traps**: for another number of fields; in training with one value per channel.
  public override func callAsFunction(_ x: GroupFeatures) -> GroupFeatures {
    check(x)
    let count = x.samples.count
    guard isTraining else {
      return x.map {
        $0.batchNorm(
          mean: spread(runningMean.value, count), variance: spread(runningVariance.value, count),
          weight: spread(weight.value, count), bias: spread(bias.value, count), epsilon: epsilon)
      }
    }
    let moves = movesStatistics
    if moves { batchesTracked.mutate { $0.addInPlace(1) } }
    let (fields, sizes) = tables.tables(channels: channels, count: count, device: x.tensor.device)
    let result = x.map {
      $0.fieldBatchNorm(
        fields: fields, sizes: sizes, weight: weight.value, bias: bias.value,
        updatingMean: moves ? runningMean.value : nil, variance: moves ? runningVariance.value : nil,
        momentum: momentum, epsilon: epsilon)
    }
    if moves {
      runningMean.noteChange()
      runningVariance.noteChange()
    }
    return result
  }

  private func spread(_ values: Tensor, _ count: Int) -> Tensor {
    count == 1 ? values : values.repeatEach(count, along: 0)
  }

  /// A batch norm of all channels with each field's values repeated.
  public override func export(count: Int) -> Layer {
    withoutGradient {
      let layer = BatchNorm2D(
        channels * count, epsilon: epsilon, momentum: momentum, dtype: weight.value.dtype)
      layer.weight?.assign(spread(weight.value, count))
      layer.bias?.assign(spread(bias.value, count))
      layer.runningMean?.assign(spread(runningMean.value, count))
      layer.runningVariance?.assign(spread(runningVariance.value, count))
      layer.batchesTracked?.assign(batchesTracked.value)
      return layer
    }
  }
}

/// For each number of elements the field of each channel and the size of each field.
private final class FieldTables: SelfContained {
  private struct Key: Hashable {
    let count: Int
    let device: Device
  }

  private var known: [Key: (fields: Tensor, sizes: Tensor)] = [:]

  func tables(channels: Int, count: Int, device: Device) -> (fields: Tensor, sizes: Tensor) {
    let key = Key(count: count, device: device)
    if let found = known[key] { return found }
    let fields = Tensor.arange(0, channels, device: device).repeatEach(count, along: 0)
    let made = (fields, Tensor.full([channels], Double(count), device: device))
    known[key] = made
    return made
  }
}
