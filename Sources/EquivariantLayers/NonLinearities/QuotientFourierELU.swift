public import Symmetry

/// Applies ELU to samples of fields that are functions on the cosets of a subgroup.
///
/// **Shapes**: as for `FourierPointwise`.
///
/// **Symmetry**: as for `FourierPointwise`; exact for the elements that permute the cosets of the grid, approximate for
/// others.
///
/// **escnn**: `QuotientFourierELU`.
public final class QuotientFourierELU: QuotientFourierPointwise {
  /// Creates the layer with a grid of equally spaced rotations and, in groups with reflections, as many reflections.
  public init(
    _ space: GSpace, subgroup: SubgroupID, channels: Int, irreps: [Irrep], outputIrreps: [Irrep]? = nil, samples: Int,
    alpha: Double = 1, isNormalized: Bool = true
  ) {
    super.init(
      space, subgroup: subgroup, channels: channels, irreps: irreps, outputIrreps: outputIrreps,
      grid: space.group.grid(rotations: samples), function: .elu(alpha: alpha), isNormalized: isNormalized)
  }
}
