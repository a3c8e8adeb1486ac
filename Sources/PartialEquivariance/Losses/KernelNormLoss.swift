public import Tensors

/// The sum over layers of the 2-norms of the generated weights and of the biases, for the last pass in training.
///
/// It takes the place of weight decay, which on the parameters of a kernel network would say little about the kernel.
///
/// - Returns: nil when no layer measured its kernel; see `ContinuousConvolution.measuresKernelNorm`.
public func kernelNormLoss(_ layers: [ContinuousConvolution]) -> Tensor? {
  let norms = layers.compactMap(\.kernelNorm)
  return norms.dropFirst().reduce(norms.first) { sum, norm in sum.map { $0 + norm } }
}
