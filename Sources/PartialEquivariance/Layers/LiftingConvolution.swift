public import Layers
public import Tensors

/// A convolution of images with turned copies of a continuous kernel, one for each sampled element of the whole group.
///
/// f'(x, g) = b + Σ_u k(g⁻¹ u) f(x + u)
///
/// **Shapes**: `[B, inChannels, H, W]` to `GroupFeatures` of `outChannels` fields.
///
/// **Symmetry**: equivariant to the whole group; exact for elements that map both the pixel grid and the sampled elements
/// to themselves.
///
/// **State**: `kernel`, `bias`, and the generator of `sampler`.
///
/// **Reference**: Romero and Lohit (2022); Cohen and Welling (2016) for the lifting.
public final class LiftingConvolution: ContinuousConvolution {
  /// Draws the elements.
  public let sampler: GroupSampler

  /// Creates a layer.
  ///
  /// **Traps**: for an even kernel size or options of sampling that do not go together.
  public init(
    from inChannels: Int, to outChannels: Int, sampling: GroupSampling, kernel: ContinuousKernel, kernelSize: Int,
    padding: ConvolutionPadding = .same, hasBias: Bool = true, clock: SamplingClock = SamplingClock(),
    rng: inout Generator
  ) {
    sampler = GroupSampler(sampling, clock: clock, rng: &rng)
    super.init(
      from: inChannels, to: outChannels, domain: .plane, sampling: sampling, kernel: kernel, kernelSize: kernelSize,
      padding: padding, hasBias: hasBias, rng: &rng)
  }

  /// Lifts images onto drawn elements.
  public func callAsFunction(_ images: Tensor) -> GroupFeatures {
    self(images, onto: sampler(batch: images.shape.first ?? 1))
  }

  /// Lifts images onto given elements.
  ///
  /// **Traps**: when images have other channels or are smaller than the kernel.
  public func callAsFunction(_ images: Tensor, onto samples: GroupSamples) -> GroupFeatures {
    convolve(images, inputs: nil, outputs: samples)
  }

  /// The same map with the elements of a repeatable test, as a plain convolution.
  public func export() -> (layer: Conv2D, samples: GroupSamples) {
    let samples = sampler.fixed()
    return (export(outputs: samples, inputs: nil), samples)
  }
}
