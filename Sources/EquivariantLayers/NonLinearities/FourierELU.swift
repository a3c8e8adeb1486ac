public import Symmetry

/// Applies ELU to samples of fields that are functions on the group, given by their Fourier coefficients.
///
/// **Shapes**: as for `FourierPointwise`.
///
/// **Symmetry**: as for `FourierPointwise`; exact for the elements that permute the grid, approximate for others.
///
/// **escnn**: `FourierELU`.
public final class FourierELU: FourierPointwise {
  /// Creates the layer for functions on the group made of some irreps, sampled at equally spaced elements.
  public init(
    _ space: GSpace, channels: Int, irreps: [Irrep], outputIrreps: [Irrep]? = nil, samples: Int, alpha: Double = 1,
    isNormalized: Bool = true
  ) {
    super.init(
      space, channels: channels, functions: Self.functions(space, irreps),
      output: outputIrreps.map { Self.functions(space, $0) }, grid: space.group.grid(rotations: samples),
      function: .elu(alpha: alpha), isNormalized: isNormalized)
  }
}
