public import Layers
public import Tensors

/// A convolution over group elements alone, which carries a shortcut from one set of elements to another.
///
/// f'(x, g) = Σ_h k(g⁻¹ h) f(x, h)
///
/// **Shapes**: `inChannels` fields on any number of elements to `outChannels` fields on another; positions stay.
///
/// **Symmetry**: equivariant to the group, exact for elements that map the sampled ones to themselves.
///
/// **State**: `kernel`; there is no bias.
public final class PointwiseGroupConvolution: ContinuousConvolution {
  /// Creates a layer.
  public init(
    from inChannels: Int, to outChannels: Int, sampling: GroupSampling, kernel: ContinuousKernel, rng: inout Generator
  ) {
    super.init(
      from: inChannels, to: outChannels, domain: .group, sampling: sampling, kernel: kernel, kernelSize: 1,
      padding: .same, hasBias: false, rng: &rng)
  }

  /// Convolves onto given elements.
  public func callAsFunction(_ x: GroupFeatures, onto samples: GroupSamples) -> GroupFeatures {
    convolve(x.tensor, inputs: x.samples, outputs: samples)
  }

  /// The same map for fixed elements, as a plain convolution.
  public func export(inputs: GroupSamples, outputs: GroupSamples) -> Conv2D {
    export(outputs: outputs, inputs: inputs)
  }
}
