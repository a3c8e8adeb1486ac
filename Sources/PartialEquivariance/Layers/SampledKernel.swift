internal import Layers
internal import Tensors

/// The kernel of a convolution for given elements, made before any feature map is seen.
struct SampledKernel {
  let layout: KernelLayout
  /// The elements of the output.
  let outputs: GroupSamples
  /// What weights are made of: the kernel's features, its last map and shift; or the weights themselves, one a piece.
  let sources: [Tensor]
  let hasWeights: Bool
  /// The bias of each channel.
  let bias: Tensor?
  /// The presence of each output, where it has the gradient.
  let presence: Tensor?

  /// All tensors through which gradients reach the parameters.
  var tensors: [Tensor] { sources + [bias, presence].compactMap { $0 } }

  /// The same kernel with other tensors in place of its own.
  func with(_ tensors: some Collection<Tensor>) -> SampledKernel {
    var rest = Array(tensors.dropFirst(sources.count))
    let bias = bias.map { _ in rest.removeFirst() }
    return SampledKernel(
      layout: layout, outputs: outputs, sources: Array(tensors.prefix(sources.count)), hasWeights: hasWeights,
      bias: bias, presence: rest.first)
  }
}

extension Recomputation {
  /// The value of one block of a network of continuous convolutions, whose kernels are made before it.
  ///
  /// - Parameters:
  ///   - parts: the modules that `body` uses.
  ///   - x: the feature maps, or images as maps on one element.
  ///   - kernels: the kernels that `body` uses.
  ///   - outputs: the elements of the result.
  static func block(
    of parts: [Module], _ x: GroupFeatures, _ kernels: [SampledKernel], onto outputs: GroupSamples,
    _ body: @escaping (GroupFeatures, [SampledKernel]) -> GroupFeatures
  ) -> GroupFeatures {
    let samples = x.samples
    let value = block(of: parts, [x.tensor] + kernels.flatMap(\.tensors)) { tensors in
      var rest = tensors.dropFirst()
      let own = kernels.map { kernel in
        defer { rest = rest.dropFirst(kernel.tensors.count) }
        return kernel.with(rest.prefix(kernel.tensors.count))
      }
      return body(GroupFeatures(tensors[0], samples), own).tensor
    }
    return GroupFeatures(value, outputs)
  }
}
