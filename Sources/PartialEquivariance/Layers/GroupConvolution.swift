public import Layers
public import Tensors

/// A convolution over positions and group elements, whose kernel is a function of both.
///
/// f'(x, g) = b + Σ_h Σ_u k(g⁻¹ u, g⁻¹ h) f(x + u, h), over the elements h of the input and points u of the grid.
///
/// A partial layer learns on which elements g its output lives.
///
/// **Shapes**: `inChannels` fields on any number of elements to `outChannels` fields on another.
///
/// **Symmetry**: equivariant to the whole group if not partial; a partial one to differences within its learned support.
/// Exact for elements that map the pixel grid and the sampled elements of input and output to themselves.
///
/// **State**: `kernel`, `bias`, `sampler.support` if partial, and the generator of `sampler`.
///
/// **Reference**: Romero and Lohit (2022).
public final class GroupConvolution: ContinuousConvolution {
  /// The elements that the output lives on.
  public enum Outputs: String, Codable, CaseIterable, Sendable {
    /// Those that are drawn, or those of the input.
    case sampled
    /// The identity alone.
    case identity
    /// The original's identity of O(2), which is no element of it; see `GroupSamples.singularIdentity(of:)`.
    case singularIdentity = "singular-identity"
  }

  /// Draws the elements of the output.
  public let sampler: GroupSampler
  /// The elements that the output lives on.
  public let outputs: Outputs

  /// Creates a layer.
  ///
  /// **Traps**: for an even kernel size or options of sampling that do not go together.
  public init(
    from inChannels: Int, to outChannels: Int, sampling: GroupSampling, isPartial: Bool = false,
    kernel: ContinuousKernel, kernelSize: Int, padding: ConvolutionPadding = .same, hasBias: Bool = true,
    outputs: Outputs = .sampled, clock: SamplingClock = SamplingClock(), rng: inout Generator
  ) {
    self.outputs = outputs
    sampler = GroupSampler(sampling, isPartial: isPartial, clock: clock, rng: &rng)
    super.init(
      from: inChannels, to: outChannels, domain: .planeAndGroup, sampling: sampling, kernel: kernel,
      kernelSize: kernelSize, padding: padding, hasBias: hasBias, rng: &rng)
  }

  /// Whether the layer learns on which elements its output lives.
  public var isPartial: Bool { sampler.support != nil }

  /// Convolves onto drawn elements, or onto those of the input.
  public func callAsFunction(_ x: GroupFeatures) -> GroupFeatures {
    self(x, onto: samples(for: x.samples, batch: x.tensor.shape[0]))
  }

  /// The kernel from given elements onto drawn ones, or onto those of the input.
  func sampledKernel(inputs: GroupSamples, batch: Int) -> SampledKernel {
    sampledKernel(inputs: inputs, outputs: samples(for: inputs, batch: batch))
  }

  private func samples(for inputs: GroupSamples, batch: Int) -> GroupSamples {
    samples(for: inputs) { sampler(batch: batch) }
  }

  /// Convolves onto given elements.
  ///
  /// **Traps**: when the input has other fields or is smaller than the kernel.
  public func callAsFunction(_ x: GroupFeatures, onto samples: GroupSamples) -> GroupFeatures {
    convolve(x.tensor, inputs: x.samples, outputs: samples)
  }

  private func samples(for inputs: GroupSamples, drawing draw: () -> GroupSamples) -> GroupSamples {
    switch outputs {
    case .identity: .identity(of: group)
    case .singularIdentity: .singularIdentity(of: group)
    case .sampled: isPartial || sampler.sampling.perLayer ? draw() : inputs
    }
  }

  /// The same map with the elements of a repeatable test, as a plain convolution.
  public func export(inputs: GroupSamples) -> (layer: Conv2D, samples: GroupSamples) {
    let samples = samples(for: inputs) { sampler.fixed() }
    return (export(outputs: samples, inputs: inputs), samples)
  }

  /// Adds what is learned.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    if outputs != .sampled { description.add("outputs", ".\(outputs)") }
  }
}
