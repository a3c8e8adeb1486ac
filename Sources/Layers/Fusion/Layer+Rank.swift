extension Layer {
  /// The number of axes that the layer's input must have, when only one number will do.
  var demandedRank: Int? {
    switch self {
    case let convolution as ConvolutionLayer: convolution.axes + 2
    case is BatchNorm2D, is InstanceNorm2D, is DepthwiseConstantConv2D, is MaxPool2D, is AvgPool2D, is AdaptivePool2D,
      is Pad2D, is Upsample2D, is ChannelAffine, is NormFactor, is NormMaxPool2D:
      4
    case is BatchNorm3D: 5
    default: nil
    }
  }

  /// The number of axes of the output, nil when it is not known.
  func rankOfOutput(for rank: Int?) -> Int? {
    switch self {
    case let flatten as Flatten: return flatten.start + 1
    case let reshape as Reshape: return reshape.shape.count + 1
    case let residual as Residual: return residual.body.rankOfOutput(for: rank)
    case let product as Product: return product.features.rankOfOutput(for: rank)
    case let sequence as Sequential:
      return sequence.layers.reduce(rank) { $1.rankOfOutput(for: $1.demandedRank ?? $0) }
    case let branches as ChannelBranches: return branches.layers[0].rankOfOutput(for: rank)
    case is Linear, is Activation, is Identity, is Dropout, is ChannelPermutation, is Multiply, is BatchNorm1D,
      is LayerNorm, is GroupNorm, is MaxOverChannelGroups, is NormOverChannelGroups, is RMSNormOverChannelGroups,
      is DirectionOfMaximum:
      return rank
    default:
      return demandedRank
    }
  }
}
