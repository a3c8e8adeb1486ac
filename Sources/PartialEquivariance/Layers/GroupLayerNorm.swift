public import Layers
internal import Tensors

/// Normalization of each image over fields, group elements and positions together, with a scale and shift for each field.
///
/// **Shapes**: keeps them.
///
/// **Symmetry**: commutes with the group.
///
/// **State**: `weight` and `bias`, one value a field.
///
/// **Reference**: Ba et al. (2016); Wu and He (2018) with one group.
public final class GroupLayerNorm: GroupNormalization {
  /// The scale of each field.
  public let weight: Parameter
  /// The shift of each field.
  public let bias: Parameter
  /// What is added to the variance.
  public let epsilon: Double

  /// Creates a layer with scale 1 and shift 0.
  public init(_ channels: Int, epsilon: Double = 1e-12) {
    weight = Parameter(Tensor.ones([max(0, channels)]))
    bias = Parameter(Tensor.zeros([max(0, channels)]))
    self.epsilon = epsilon
    super.init(channels: channels)
  }

  /// Normalizes.
  ///
  /// **Traps**: for another number of fields.
  public override func callAsFunction(_ x: GroupFeatures) -> GroupFeatures {
    check(x)
    let count = x.samples.count
    return x.map {
      $0.groupNorm(
        groups: 1, weight: weight.value.repeatEach(count, along: 0), bias: bias.value.repeatEach(count, along: 0),
        epsilon: epsilon)
    }
  }

  /// A group norm of one group with each field's values repeated.
  public override func export(count: Int) -> Layer {
    withoutGradient {
      let layer = GroupNorm(groups: 1, channels: channels * count, epsilon: epsilon, dtype: weight.value.dtype)
      layer.weight?.assign(weight.value.repeatEach(count, along: 0))
      layer.bias?.assign(bias.value.repeatEach(count, along: 0))
      return layer
    }
  }
}
