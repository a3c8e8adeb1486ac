public import Layers
import Symmetry
public import Tensors

/// Normalizes every field at every pixel by itself: layer normalization for fields.
///
/// The invariant part is taken off, and the rest is divided by √(mean square over its channels + ε). There are no
/// statistics of batches, so training and evaluation agree.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element and every orthogonal representation.
///
/// **Traps**: when a representation is not orthogonal.
///
/// **State**: `weight` `[fields]`, `bias` `[trivial irreps]`, in the order of the fields.
///
/// **Reference**: Ba, Kiros, Hinton (2016).
///
/// **escnn**: `FieldNorm`, where statistics count as constants in gradients (`differentiatesStatistics: false`) and
/// fields are gathered by the name of their representation: `{name}_weight` `[fields, 1]`, `{name}_bias` `[fields,
/// trivial irreps]`.
public final class FieldNorm: EquivariantModule {
  /// The scale of each field, if affine.
  public let weight: Parameter?

  /// The shift of each invariant direction, if affine and there is one.
  public let bias: Parameter?

  /// What is added to the mean square.
  public let epsilon: Double

  /// Whether gradients pass through the mean and the mean square.
  public let differentiatesStatistics: Bool

  private let groups: ChannelGroups
  private let centering: FieldwiseLinear
  private let projection: TrivialProjection
  private let numberType: Buffer

  /// Creates the layer for a type.
  public init(
    _ type: FieldType, epsilon: Double = 1e-5, isAffine: Bool = true, differentiatesStatistics: Bool = true,
    dtype: DType = .float32
  ) {
    Self.requireNorm(type, "FieldNorm")
    require(epsilon > 0, "FieldNorm", "epsilon \(epsilon) is not positive")
    self.epsilon = epsilon
    self.differentiatesStatistics = differentiatesStatistics
    groups = ChannelGroups(sizes: type.representations.map(\.size))
    projection = TrivialProjection(type)
    centering = FieldwiseLinear(
      type, matrices: TrivialProjection.matrices(type).map { Matrix.identity($0.rows) - $0 })
    numberType = NumberType.marker(dtype)
    weight = isAffine ? Parameter(Tensor.ones([type.count], dtype: dtype)) : nil
    bias = isAffine && projection.count > 0 ? Parameter(Tensor.zeros([projection.count], dtype: dtype)) : nil
    super.init(from: type, to: type)
  }

  /// Normalizes each field.
  public override func forward(_ input: Tensor) -> Tensor {
    let wide = input.dtype == .float64 || input.dtype == .float32 ? input : input.to(.float32)
    var result = centered(wide)
    result = RMSNormOverChannelGroups.normalized(
      result, groups, epsilon: epsilon, detachesStatistics: !differentiatesStatistics)
    if let weight { result = groups.scale(result, by: weight.value.reshape([1, groups.count, 1, 1])) }
    if let bias { result = result + projection.expand(bias.value).reshape([1, inputType.size, 1, 1]) }
    return result.dtype == input.dtype ? result : result.to(input.dtype)
  }

  private func centered(_ input: Tensor) -> Tensor {
    if centering.isIdentity { return input }
    // A lower-precision product would lose small fields beside a large invariant part.
    return withoutAutocast(on: input.device) {
      if differentiatesStatistics { return centering(input) }
      let constant = input.detach()
      return input - (constant - centering(constant))
    }
  }

  /// A plain 1 × 1 convolution that takes the invariant part off, a plain normalization, and scales and shifts.
  public override func export() -> Layer {
    var layers: [Layer] = centering.isIdentity ? [] : [centering.layer(dtype: numberType.value.dtype)]
    layers.append(RMSNormOverChannelGroups(sizes: groups.sizes, epsilon: epsilon))
    withoutGradient {
      let scale = weight.map { groups.spread($0.value, along: 0) }
      let shift = bias.map { projection.expand($0.value) }
      if scale != nil || shift != nil { layers.append(ChannelAffine(scale: scale, shift: shift)) }
    }
    return Sequential(layers)
  }

  /// Adds options to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if epsilon != 1e-5 { description.add("epsilon", epsilon) }
    if !differentiatesStatistics { description.add("differentiatesStatistics", false) }
  }
}
