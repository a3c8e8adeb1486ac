public import Symmetry

/// The weights between all input fields of one representation and all output fields of another.
///
/// **Shapes**: the weights are row-major `[outFields.count, inFields.count, basis.dimension]`, from `weightOffset` on.
public struct LayerBasisPair<Basis: SampledBasis>: Sendable {
  /// The representation of the input fields.
  public let input: Representation
  /// The representation of the output fields.
  public let output: Representation
  /// The kernels between one input field and one output field; never empty.
  public let basis: Basis
  /// The position of the first weight in the layer's weights.
  public let weightOffset: Int
  /// The positions of the input fields in the layer's list, ascending.
  public let inFields: [Int]
  /// The positions of the output fields in the layer's list, ascending.
  public let outFields: [Int]
  /// The first channel of each input field.
  public let inOffsets: [Int]
  /// The first channel of each output field.
  public let outOffsets: [Int]
  /// Whether the channels of the input fields follow each other without a gap.
  public let isInputContiguous: Bool
  /// Whether the channels of the output fields follow each other without a gap.
  public let isOutputContiguous: Bool

  /// The number of weights.
  public var weightCount: Int { outFields.count * inFields.count * basis.dimension }
  /// Where the weights lie in the layer's weights.
  public var weightRange: Range<Int> { weightOffset..<weightOffset + weightCount }
  /// Every input channel, field by field.
  public var inChannels: [Int] { inOffsets.flatMap { $0..<$0 + basis.inSize } }
  /// Every output channel, field by field.
  public var outChannels: [Int] { outOffsets.flatMap { $0..<$0 + basis.outSize } }
}
