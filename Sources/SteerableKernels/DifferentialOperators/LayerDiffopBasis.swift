/// The differential operators of a layer and the layout of their weights, which is that of convolutions.
public typealias LayerDiffopBasis = LayerBasis<SampledDiffopBasis>
