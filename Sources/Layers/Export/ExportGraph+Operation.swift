public import Tensors

extension ExportGraph {
  /// What an exported network may consist of.
  ///
  /// Images are `[N, C, H, W]`; the number of samples N stays open. Options mean what they mean in the layers and tensor
  /// operations of the same names, which are PyTorch's. A case that is added here is added to every printer too.
  public enum Operation: Hashable, Sendable {
    /// Cross-correlation along as many axes as there are strides.
    case convolution(
      Value, weight: Value, bias: Value?, stride: [Int], padding: [Int], dilation: [Int], groups: Int)
    /// The transpose of a convolution.
    case transposedConvolution(
      Value, weight: Value, bias: Value?, stride: [Int], padding: [Int], outputPadding: [Int], dilation: [Int],
      groups: Int)
    /// Cross-correlation of every channel with the same kernel `[1, 1, kH, kW]`.
    case depthwiseConvolution(Value, kernel: Value, stride: [Int], padding: [Int])
    /// A matrix `[out, in]` applied to the last axis.
    case linear(Value, weight: Value, bias: Value?)
    /// Values around the last axes; the amounts start at the last axis: left, right, top, bottom …
    case pad(Value, amounts: [Int], mode: PaddingMode)

    /// Normalization of channels, by the batch's statistics when none are given.
    case batchNorm(Value, mean: Value?, variance: Value?, weight: Value?, bias: Value?, epsilon: Double)
    /// Normalization of each sample over its last axes, which have the given sizes.
    case layerNorm(Value, sizes: [Int], weight: Value?, bias: Value?, epsilon: Double)
    /// Normalization of each sample over groups of channels.
    case groupNorm(Value, groups: Int, weight: Value?, bias: Value?, epsilon: Double)
    /// Normalization of each channel of each sample over its pixels.
    case instanceNorm(Value, weight: Value?, bias: Value?, epsilon: Double)

    /// An elementwise function.
    case apply(Function, Value)
    /// An elementwise combination of two values, which broadcast; at most one is a number.
    case combine(Value, Combination, Value)
    /// Values below the minimum or above the maximum replaced by these.
    case clamp(Value, minimum: Double?, maximum: Double?)
    /// Softmax along an axis.
    case softmax(Value, axis: Int)
    /// The logarithm of the softmax along an axis.
    case logSoftmax(Value, axis: Int)
    /// Axes reduced to one value each, or removed.
    case reduce(Value, Reduction, axes: [Int], keepsAxes: Bool)

    /// The maximum over windows of pixels.
    case maxPool(Value, size: [Int], stride: [Int], padding: [Int], dilation: [Int], roundsUp: Bool)
    /// The mean over windows of pixels.
    case avgPool(Value, size: [Int], stride: [Int], padding: [Int], roundsUp: Bool, countsPadding: Bool)
    /// The maximum over windows that give an image of a size.
    case adaptiveMaxPool(Value, size: [Int])
    /// The mean over windows that give an image of a size.
    case adaptiveAvgPool(Value, size: [Int])
    /// Interpolation to another size.
    case resize(Value, target: Upsample2D.Target, mode: InterpolationMode, alignsCorners: Bool)

    /// The entries along an axis at the places of a table.
    case gather(Value, axis: Int, indices: Value)
    /// Where the maxima over windows of pixels are, as positions in each channel's pixels, row by row.
    case maxPoolPositions(Value, size: [Int], stride: [Int], padding: [Int], dilation: [Int], roundsUp: Bool)
    /// The values of images at the positions that `maxPoolPositions` gives.
    case gatherPixels(Value, positions: Value)
    /// The row of a table `[places, columns]` that belongs to the place of the maximum along an axis, along that axis.
    case rowOfMaximum(Value, axis: Int, table: Value)
    /// Values joined along an axis.
    case concatenate([Value], axis: Int)
    /// Another shape for each sample.
    case reshape(Value, sample: [Int])
    /// The axes from one through another joined; negative ones count from the end.
    case flatten(Value, from: Int, through: Int)
    /// An axis split into several.
    case unflatten(Value, axis: Int, sizes: [Int])
  }

  /// An elementwise function of one value.
  public enum Function: Hashable, Sendable {
    /// max(x, 0).
    case relu
    /// x for positive x, else α (exp(x) - 1).
    case elu(Double)
    /// x for positive x, else the slope times x.
    case leakyRelu(Double)
    /// 1 / (1 + exp(-x)).
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// log(1 + exp(x)).
    case softplus
    /// x Φ(x) with the normal distribution function Φ.
    case gelu
    /// x sigmoid(x).
    case silu
    /// The absolute value.
    case abs
    /// The exponential function.
    case exp
    /// The natural logarithm.
    case log
    /// The square root.
    case sqrt
    /// x².
    case square
  }

  /// An elementwise function of two values.
  public enum Combination: String, Hashable, Sendable {
    /// The sum.
    case add = "+"
    /// The difference.
    case subtract = "-"
    /// The product.
    case multiply = "*"
    /// The quotient.
    case divide = "/"
  }

  /// How values along axes become one.
  public enum Reduction: Hashable, Sendable {
    /// Their sum.
    case sum
    /// Their mean.
    case mean
    /// Their maximum.
    case max
  }
}
