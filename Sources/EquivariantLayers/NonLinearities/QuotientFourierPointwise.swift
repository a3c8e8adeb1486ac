public import Symmetry

/// Applies a function to samples of fields that are functions on the cosets of a subgroup.
///
/// **Shapes**: as for `FourierPointwise`.
///
/// **Symmetry**: as for `FourierPointwise`; exact for the elements that permute the cosets of the grid, approximate for
/// others.
///
/// **Traps**: when there is no such subgroup, no irrep has functions on its cosets, or the grid is too coarse.
///
/// **escnn**: `QuotientFourierPointwise`.
open class QuotientFourierPointwise: FourierPointwise {
  /// Creates the layer for functions on cosets made of some irreps; those without such functions are left out.
  ///
  /// - Parameters:
  ///   - subgroup: The subgroup H of the cosets g H.
  ///   - grid: The elements whose cosets are sampled; elements of one coset give the same value.
  public init(
    _ space: GSpace, subgroup: SubgroupID, channels: Int, irreps: [Irrep], outputIrreps: [Irrep]? = nil,
    grid: [GroupElement], function: PointwiseFunction = .relu, isNormalized: Bool = true
  ) {
    super.init(
      space, channels: channels, functions: Self.functions(space, irreps, subgroup: subgroup),
      output: outputIrreps.map { Self.functions(space, $0, subgroup: subgroup) }, grid: grid, function: function,
      isNormalized: isNormalized)
  }

  /// Creates the layer with a grid of equally spaced rotations and, in groups with reflections, as many reflections.
  public convenience init(
    _ space: GSpace, subgroup: SubgroupID, channels: Int, irreps: [Irrep], outputIrreps: [Irrep]? = nil, samples: Int,
    function: PointwiseFunction = .relu, isNormalized: Bool = true
  ) {
    self.init(
      space, subgroup: subgroup, channels: channels, irreps: irreps, outputIrreps: outputIrreps,
      grid: space.group.grid(rotations: samples), function: function, isNormalized: isNormalized)
  }
}
