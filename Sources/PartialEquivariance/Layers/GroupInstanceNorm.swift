public import Layers
internal import Tensors

/// Normalization of each field of each image over group elements and positions, without a scale and shift.
///
/// **Shapes**: keeps them.
///
/// **Symmetry**: commutes with the group.
///
/// **Reference**: Ulyanov et al. (2016).
public final class GroupInstanceNorm: GroupNormalization {
  /// What is added to the variance.
  public let epsilon: Double

  /// Creates a layer.
  public init(_ channels: Int, epsilon: Double = 1e-5) {
    self.epsilon = epsilon
    super.init(channels: channels)
  }

  /// Normalizes.
  ///
  /// **Traps**: for another number of fields.
  public override func callAsFunction(_ x: GroupFeatures) -> GroupFeatures {
    check(x)
    // The channels of a field are neighbors: the fields are the groups.
    return x.map { $0.groupNorm(groups: channels, epsilon: epsilon) }
  }

  /// A group norm whose groups are the fields.
  public override func export(count: Int) -> Layer {
    GroupNorm(groups: channels, channels: channels * count, epsilon: epsilon, isAffine: false)
  }
}
