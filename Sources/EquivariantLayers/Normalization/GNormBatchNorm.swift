public import Layers
import Symmetry
public import Tensors

/// Batch normalization of every irrep in every field.
///
/// In the basis of the irreps, trivial ones lose their mean over batch and pixels; each irrep is divided by the root of
/// its mean square (per channel, unbiased), scaled, and trivial ones are shifted.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element in evaluation mode, and in training mode for transformations of the whole
/// batch; for every representation.
///
/// **Complexity**: fields in another basis than that of their irreps (regular ones, for example) cost two products with
/// their change of basis.
///
/// **State**: `weight`, `running_var` `[irreps]`, `bias`, `running_mean` `[trivial irreps]`, field after field in the
/// order of the irreps in their representations; `num_batches_tracked`.
///
/// **escnn**: `GNormBatchNorm`, where fields are gathered by the name of their representation: `{name}_weight`,
/// `{name}_running_var` `[fields, irreps]`, `{name}_bias`, `{name}_running_mean` `[fields, trivial irreps]`. Its export
/// ignores the change of basis; here it is part of the exported convolution.
public final class GNormBatchNorm: BatchStatisticsNorm {
  private let irreps: ChannelGroups
  /// For each channel in the basis of the irreps the position among the trivial ones, or their number.
  private let trivials: ChannelSelection
  private let trivialCount: Int
  private let toIrreps: FieldwiseLinear
  private let fromIrreps: FieldwiseLinear

  /// Creates the layer for a type.
  public init(
    _ type: FieldType, epsilon: Double = 1e-5, momentum: Double? = 0.1, isAffine: Bool = true, dtype: DType = .float32
  ) {
    let all = type.representations.flatMap(\.irreps)
    irreps = ChannelGroups(sizes: all.map(\.size))
    let trivialCount = all.count(where: \.isTrivial)
    var next = 0
    var places: [Int] = []
    for irrep in all {
      places += Array(repeating: irrep.isTrivial ? next : trivialCount, count: irrep.size)
      if irrep.isTrivial { next += 1 }
    }
    trivials = ChannelSelection(places)
    self.trivialCount = trivialCount
    toIrreps = FieldwiseLinear(type, matrices: type.distinctRepresentations.map(\.changeOfBasisInverse))
    fromIrreps = FieldwiseLinear(type, matrices: type.distinctRepresentations.map(\.changeOfBasis))
    super.init(
      type, Counts(weights: all.count, biases: trivialCount, means: trivialCount, variances: all.count),
      epsilon: epsilon, momentum: momentum, isAffine: isAffine, tracksStatistics: true, dtype: dtype)
  }

  /// Normalizes the irreps.
  public override func forward(_ input: Tensor) -> Tensor {
    if toIrreps.isIdentity { return normalized(input) }
    let wide = input.dtype == .float64 || input.dtype == .float32 ? input : input.to(.float32)
    // Statistics need the precision that a lower-precision product would lose.
    let result = withoutAutocast(on: input.device) { fromIrreps(normalized(toIrreps(wide))) }
    return result.dtype == input.dtype ? result : result.to(input.dtype)
  }

  override func statistics(_ moments: ChannelMoments) -> (mean: Tensor?, variance: Tensor) {
    // Only trivial irreps have a mean; the others vary about zero.
    let mean = trivialCount > 0 ? trivialEntries(moments.mean) : nil
    let spread = onChannels(mean, like: moments.mean)
    let variance = irreps.means(moments.meanSquare - spread.square())
    return (mean, variance * ChannelMoments.correction(moments.positions))
  }

  override func spread(mean: Tensor?, variance: Tensor) -> ChannelNormalization {
    let variance = irreps.spread(variance, along: 0)
    return ChannelNormalization(
      weight: weight.map { irreps.spread($0.value, along: 0) }, bias: bias.map { onChannels($0.value, like: variance) },
      mean: onChannels(mean, like: variance), variance: variance)
  }

  /// The values of trivial irreps on their channels, zero on all others.
  private func onChannels(_ values: Tensor?, like other: Tensor) -> Tensor {
    guard let values else { return Tensor.zeros(like: other) }
    let padded = Tensor.concatenated([values, Tensor.zeros([1], dtype: values.dtype, device: values.device)])
    return trivials.entries(of: padded)
  }

  private func trivialEntries(_ channels: Tensor) -> Tensor {
    let places = trivials.channels.indices.filter { trivials.channels[$0] < trivialCount }
    return channels.indexSelect(0, Tensor(places, shape: [places.count], device: channels.device))
  }

  /// A plain batch normalization where all fields are in the basis of their irreps, else a plain 1 × 1 convolution.
  public override func export() -> Layer {
    if toIrreps.isIdentity { return super.export() }
    let channels = exported()
    let scale = withoutGradient {
      let inverse = (channels.variance + epsilon).reciprocalSqrt()
      return channels.weight.map { $0 * inverse } ?? inverse
    }
    let shift = withoutGradient {
      let centered = -channels.mean * scale
      return channels.bias.map { $0 + centered } ?? centered
    }
    let scales: [Double] = scale.to(.float64).scalars()
    let ranges = inputType.channels
    let inverses = inputType.representations.map(\.changeOfBasisInverse)
    let (weight, groups) = fromIrreps.kernel { field, basis in
      basis * .diagonal(Array(scales[ranges[field]])) * inverses[field]
    }
    let column = shift.to(.float64).reshape([1, inputType.size, 1, 1])
    let bias = fromIrreps(column).reshape([inputType.size]).to(shift.dtype)
    return Conv2D(
      weight: Tensor(weight.values, shape: [weight.rows, weight.columns, 1, 1], dtype: shift.dtype), bias: bias,
      groups: groups)
  }
}
