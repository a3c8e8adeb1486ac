package import Layers
import Symmetry
package import Tensors

/// Rescales fields or sub-fields to a function of their norm.
package final class NormRescaling: SelfContained {
  private let groups: ChannelGroups
  /// For each group of channels the field whose bias it takes.
  private let fields: ChannelSelection

  /// A rescaling of groups of channels of these sizes.
  ///
  /// - Parameter partsOfField: How many groups each field has.
  package init(sizes: [Int], partsOfField: [Int]) {
    groups = ChannelGroups(sizes: sizes)
    fields = ChannelSelection(
      partsOfField.enumerated().flatMap { field, parts in Array(repeating: field, count: parts) })
  }

  package func callAsFunction(_ input: Tensor, _ function: NormFunction, logBias: Tensor?) -> Tensor {
    let bias = logBias.map { fields.entries(of: $0.exp()).reshape([1, groups.count, 1, 1]) }
    return groups.scale(input, by: function.factor(norms: groups.norms(input), bias: bias))
  }

  /// The plain layers that compute the rescaling.
  package func layer(_ function: NormFunction, logBias: Tensor?) -> Layer {
    let bias = logBias.map { fields.entries(of: $0.detach().exp()) }
    let spread = ChannelSelection(groups.groupOfChannel).layer(of: groups.count)
    return Product(
      Identity(), Sequential(NormOverChannelGroups(sizes: groups.sizes), NormFactor(function, bias: bias), spread))
  }

  /// The logarithms of biases that are 1 at first.
  package static func initialBias(
    _ type: FieldType, _ function: NormFunction, hasBias: Bool?, dtype: DType, name: String
  ) -> Parameter? {
    let hasBias = hasBias ?? (function != .squash)
    require(!(hasBias && function == .squash), name, "squash maps norms from 0 to 1 and takes no bias")
    return hasBias ? Parameter(Tensor.zeros([type.count], dtype: dtype)) : nil
  }
}
