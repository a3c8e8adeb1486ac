/// The kernels of a convolution layer and the layout of its weights.
///
/// **escnn**: `BlocksBasisExpansion` of e2cnn, with the same weights in the same places.
public typealias LayerKernelBasis = LayerBasis<SampledKernelBasis>

/// The weights of a convolution between all input fields of one representation and all output fields of another.
public typealias LayerKernelPair = LayerBasisPair<SampledKernelBasis>
